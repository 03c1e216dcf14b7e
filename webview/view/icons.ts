/** The lab's few icons, drawn on a 16 × 16 grid in the current text colour. */
import { svg } from './dom.ts';

const PATHS = {
  run: 'M4 2.5v11l9-5.5z',
  stop: 'M3.5 3.5h9v9h-9z',
  pause: 'M4 3h3v10H4zm5 0h3v10H9z',
  step: 'M3 2.5v11l7-5.5zm8 .5h2v10h-2z',
  reset: 'M8 3a5 5 0 1 1-4.6 3l1 .4A4 4 0 1 0 8 4v2.2L4.8 3.6 8 1z',
  closed: 'M6 4l4 4-4 4z',
  open: 'M4 6h8l-4 4z',
  good: 'M6.5 11.6 2.9 8l.8-.8 2.8 2.8 5.8-5.8.8.8z',
  notice: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 1a5 5 0 1 1 0 10A5 5 0 0 1 8 3zm-.5 2h1v4h-1zm0 5h1v1h-1z',
  bad: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 1a5 5 0 1 1 0 10A5 5 0 0 1 8 3zM5.6 5l-.6.6L7.4 8 5 10.4l.6.6L8 8.6l2.4 2.4.6-.6L8.6 8 11 5.6l-.6-.6L8 7.4z',
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGElement {
  return svg('svg', { class: 'icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, svg('path', { d: PATHS[name], fill: 'currentColor' }));
}

/** Shows another icon in place of the present one. */
export function setIcon(element: SVGElement, name: IconName): void {
  const path = element.firstElementChild;
  if (path !== null && path.getAttribute('d') !== PATHS[name]) path.setAttribute('d', PATHS[name]);
}
