/** One message at a time at the bottom of the page, with what can be done about it. */
import { element } from './elements.ts';

/** How long a message without an action stays, in milliseconds; one with an action stays until it is closed. */
const STAYS = 6000;
let timer: ReturnType<typeof setTimeout> | undefined;

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export function notice(message: string, action?: NoticeAction): void {
  const box = element('notice', HTMLElement);
  const button = element('notice-action', HTMLButtonElement);
  clearTimeout(timer);
  element('notice-text', HTMLElement).textContent = message;
  button.hidden = action === undefined;
  button.textContent = action?.label ?? '';
  button.onclick = () => {
    hideNotice();
    action?.run();
  };
  element('notice-close', HTMLButtonElement).onclick = hideNotice;
  box.classList.add('shown');
  if (action === undefined) timer = setTimeout(hideNotice, STAYS);
}

export function hideNotice(): void {
  clearTimeout(timer);
  element('notice', HTMLElement).classList.remove('shown');
}
