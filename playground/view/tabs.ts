/**
 * The tabs of the open texts. To assistive technology they are a group of buttons, one of them current: a list of tabs in its sense may
 * hold nothing else, and each of these can be closed.
 */
import { t } from '../../l10n/index.ts';
import type { Documents, OpenText } from '../documents.ts';
import { element } from './elements.ts';

export interface TabEvents {
  readonly close: (text: OpenText) => void;
  readonly rename: (text: OpenText, name: string) => void;
}

export class Tabs {
  readonly #list = element('tabs', HTMLElement);
  readonly #documents: Documents;
  readonly #events: TabEvents;
  readonly #made = new Map<OpenText, { readonly frame: HTMLElement; readonly tab: HTMLButtonElement; readonly close: HTMLButtonElement }>();

  constructor(documents: Documents, events: TabEvents) {
    this.#documents = documents;
    this.#events = events;
  }

  update(): void {
    const { texts, active } = this.#documents;
    for (const [text, { frame }] of this.#made) {
      if (texts.includes(text)) continue;
      frame.remove();
      this.#made.delete(text);
    }
    for (const [at, text] of texts.entries()) {
      const { frame, tab, close } = this.#made.get(text) ?? this.#make(text);
      if (this.#list.children[at] !== frame) this.#list.insertBefore(frame, this.#list.children[at] ?? null);
      const selected = text === active;
      if (selected) tab.setAttribute('aria-current', 'true');
      else tab.removeAttribute('aria-current');
      tab.tabIndex = selected ? 0 : -1;
      close.tabIndex = -1;
      frame.classList.toggle('selected', selected);
      if (selected) frame.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  #make(text: OpenText): { readonly frame: HTMLElement; readonly tab: HTMLButtonElement; readonly close: HTMLButtonElement } {
    const frame = document.createElement('div');
    const tab = document.createElement('button');
    const close = document.createElement('button');
    frame.className = 'tab';
    tab.type = close.type = 'button';
    tab.className = 'tab-name';
    tab.textContent = text.name;
    tab.title = text.readOnly ? t('{0}: comes with Onepot and cannot be changed', text.name) : t('{0} (double-click or F2 to rename, Delete to close)', text.name);
    close.className = 'tab-close';
    close.ariaLabel = t('Close {0}', text.name);
    close.title = t('Close');
    close.textContent = '×';
    tab.addEventListener('click', () => this.#documents.show(text));
    tab.addEventListener('dblclick', () => this.#rename(text, frame));
    tab.addEventListener('auxclick', (event) => {
      if (event.button === 1) this.#events.close(text);
    });
    tab.addEventListener('keydown', (event) => this.#key(event, text, frame));
    close.addEventListener('click', () => this.#events.close(text));
    frame.append(tab, close);
    const made = { frame, tab, close };
    this.#made.set(text, made);
    return made;
  }

  #key(event: KeyboardEvent, text: OpenText, frame: HTMLElement): void {
    const { texts } = this.#documents;
    const at = texts.indexOf(text);
    const target = event.key === 'ArrowRight' ? at + 1 : event.key === 'ArrowLeft' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? texts.length - 1 : undefined;
    if (target !== undefined) {
      const next = texts[(target + texts.length) % texts.length]!;
      this.#documents.show(next);
      this.#made.get(next)?.tab.focus();
    } else if (event.key === 'Delete') {
      this.#events.close(text);
      const { active } = this.#documents;
      if (active !== undefined) this.#made.get(active)?.tab.focus();
    } else if (event.key === 'F2') {
      this.#rename(text, frame);
    } else {
      return;
    }
    event.preventDefault();
  }

  #rename(text: OpenText, frame: HTMLElement): void {
    if (text.readOnly) return;
    const input = document.createElement('input');
    input.className = 'tab-rename';
    input.value = text.name;
    input.ariaLabel = t('New name for {0}', text.name);
    input.spellcheck = false;
    frame.classList.add('renaming');
    frame.append(input);
    let done = false;
    const finish = (accept: boolean): void => {
      if (done) return;
      done = true;
      const name = input.value.trim();
      input.remove();
      frame.classList.remove('renaming');
      if (accept && name !== '' && name !== text.name) this.#events.rename(text, name);
      const { active } = this.#documents;
      if (active !== undefined) this.#made.get(active)?.tab.focus();
    };
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') finish(true);
      else if (event.key === 'Escape') finish(false);
    });
    input.addEventListener('blur', () => finish(true));
    input.focus();
    input.setSelectionRange(0, text.name.replace(/\.[^.]*$/, '').length);
  }
}
