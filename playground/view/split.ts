/** The line between text and lab: dragged, or moved with the arrow keys. They stand above each other where the window is narrow. */
import { clampSplit, LEAST_SPLIT, type View } from '../state.ts';
import { element } from './elements.ts';

/** One press of an arrow key, as a share of the window. */
const STEP = 0.02;
/** As in playground.css. */
const narrow = window.matchMedia('(max-width: 760px)');

export class Split {
  readonly #panes = element('panes', HTMLElement);
  readonly #line = element('split', HTMLElement);
  readonly #changed: (split: number) => void;
  #value: number;

  constructor(value: number, changed: (split: number) => void) {
    this.#value = value;
    this.#changed = changed;
    this.#line.addEventListener('pointerdown', (event) => this.#drag(event));
    this.#line.addEventListener('keydown', (event) => {
      const { key } = event;
      const step = key === 'ArrowLeft' || key === 'ArrowUp' ? -STEP : key === 'ArrowRight' || key === 'ArrowDown' ? STEP : undefined;
      const wanted = step !== undefined ? this.#value + step : key === 'Home' ? LEAST_SPLIT : key === 'End' ? 1 - LEAST_SPLIT : undefined;
      if (wanted === undefined) return;
      event.preventDefault();
      this.#set(wanted);
    });
    narrow.addEventListener('change', () => this.#draw());
    this.#draw();
  }

  show(view: View): void {
    this.#panes.dataset['view'] = view;
    for (const [id, value] of [['view-text', 'text'], ['view-both', 'both'], ['view-lab', 'lab']] as const) {
      element(id, HTMLButtonElement).setAttribute('aria-pressed', String(view === value));
    }
  }

  #drag(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.#line.setPointerCapture(event.pointerId);
    this.#panes.classList.add('dragging');
    const move = ({ clientX, clientY }: PointerEvent): void => {
      const box = this.#panes.getBoundingClientRect();
      this.#set(narrow.matches ? (clientY - box.top) / box.height : (clientX - box.left) / box.width);
    };
    const end = (): void => {
      this.#line.removeEventListener('pointermove', move);
      this.#panes.classList.remove('dragging');
    };
    this.#line.addEventListener('pointermove', move);
    this.#line.addEventListener('lostpointercapture', end, { once: true });
  }

  #set(value: number): void {
    this.#value = clampSplit(value);
    this.#draw();
    this.#changed(this.#value);
  }

  #draw(): void {
    this.#panes.style.setProperty('--split', String(this.#value));
    this.#line.ariaOrientation = narrow.matches ? 'horizontal' : 'vertical';
    this.#line.ariaValueNow = String(Math.round(this.#value * 100));
  }
}
