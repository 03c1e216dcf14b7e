/** The menu of samples: a list that opens below its button and is searched by typing. */
import type { Sample } from '../samples.ts';
import { element } from './elements.ts';

export function samplesMenu(samples: readonly Sample[], choose: (name: string) => void): void {
  const button = element('samples', HTMLButtonElement);
  const menu = element('sample-menu', HTMLElement);
  const filter = element('sample-filter', HTMLInputElement);
  const list = element('sample-list', HTMLElement);
  const nothing = element('sample-nothing', HTMLElement);

  const items = samples.map(({ name, about }) => {
    const item = document.createElement('button');
    const title = document.createElement('span');
    const line = document.createElement('span');
    item.type = 'button';
    item.className = 'sample';
    item.dataset['sample'] = name;
    title.className = 'sample-name';
    line.className = 'sample-about';
    title.textContent = name.replace(/\.crn$/, '');
    line.textContent = about;
    item.append(title, line);
    item.addEventListener('click', () => {
      menu.hidePopover();
      choose(name);
    });
    const entry = document.createElement('li');
    entry.append(item);
    return { entry, item, text: `${name} ${about}`.toLowerCase() };
  });
  list.replaceChildren(...items.map(({ entry }) => entry));
  const visible = (): HTMLButtonElement[] => items.filter(({ entry }) => !entry.hidden).map(({ item }) => item);

  filter.addEventListener('input', () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    for (const { entry, text } of items) entry.hidden = !words.every((word) => text.includes(word));
    nothing.hidden = visible().length > 0;
  });
  filter.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') visible()[0]?.click();
  });
  menu.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const stops: HTMLElement[] = [filter, ...visible()];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops[(at + step + stops.length) % stops.length]?.focus();
  });
  // Before it opens: what is typed at once stays.
  menu.addEventListener('beforetoggle', (event) => {
    if (event.newState !== 'open') return;
    filter.value = '';
    filter.dispatchEvent(new Event('input'));
  });
  menu.addEventListener('toggle', (event) => {
    const open = event.newState === 'open';
    button.setAttribute('aria-expanded', String(open));
    if (!open) return;
    list.scrollTop = 0;
    filter.focus();
  });
}
