/**
 * The editor writes its colours into style elements while it runs, which a content policy without 'unsafe-inline' forbids. Style
 * sheets that a script constructs are no markup and are allowed, so the editor is given elements that look like style elements to it
 * and fill such a sheet. The policy can then keep inline style elements out; only style attributes must stay allowed, with
 * which the editor places its lines and cursors (it builds them as text).
 */

class AdoptedStyle extends HTMLElement {
  readonly sheet = new CSSStyleSheet();
  media = '';
  type = '';
  #root: Document | ShadowRoot | undefined;

  override get textContent(): string {
    return [...this.sheet.cssRules].map((rule) => rule.cssText).join('\n');
  }
  override set textContent(text: string | null) {
    this.sheet.replaceSync(text ?? '');
  }

  connectedCallback(): void {
    const root = this.getRootNode();
    if (!(root instanceof Document || root instanceof ShadowRoot)) return;
    this.#root = root;
    root.adoptedStyleSheets.push(this.sheet);
  }
  disconnectedCallback(): void {
    if (this.#root === undefined) return;
    this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
    this.#root = undefined;
  }
}

/** From now on, style elements that scripts make fill constructed style sheets. To be called before the editor is loaded. */
export function adoptStyles(): void {
  customElements.define('adopted-style', AdoptedStyle);
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) =>
    (name.toLowerCase() === 'style' ? new AdoptedStyle() : create(name, options)));
}
