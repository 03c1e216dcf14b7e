/** Grips at the beginnings of curves, with which their initial values are moved. They lie over the plot, so that the keyboard finds them. */
import type uPlot from 'uplot';
import { t } from '../../l10n/index.ts';
import { formatNumber } from '../format.ts';
import { h } from './dom.ts';

export interface PlotHandle {
  readonly key: string;
  readonly value: number;
  readonly stroke: string;
}

/** What is under the grips. */
interface Placed {
  readonly plot: uPlot;
  readonly handles: readonly PlotHandle[];
  /** The axis of values is logarithmic. */
  readonly logarithmic: boolean;
}

export class PlotGrips {
  readonly element = h('div', { class: 'grips' });
  readonly #moved: (key: string, value: number | undefined) => void;
  #placed: Placed | undefined;
  #held: string | undefined;

  /** @param moved a grip was taken, or moved to a value */
  constructor(moved: (key: string, value: number | undefined) => void) {
    this.#moved = moved;
  }

  /** Puts the grips where a plot that was just drawn has their values. */
  place(plot: uPlot, handles: readonly PlotHandle[], logarithmic: boolean): void {
    this.#placed = { plot, handles, logarithmic };
    const { over } = plot, known = new Map([...this.element.children].map((grip) => [(grip as HTMLElement).dataset['key'], grip as HTMLElement]));
    const wanted = new Set(handles.map(({ key }) => key));
    for (const [key, grip] of known) if (key === undefined || !wanted.has(key)) grip.remove();
    for (const { key, value, stroke } of handles) {
      let grip = known.get(key);
      if (grip === undefined) this.element.append((grip = this.#grip(key)));
      const top = plot.valToPos(value, 'y'), shown = Number.isFinite(top) && top >= -1 && top <= over.clientHeight + 1 && plot.valToPos(0, 'x') >= -1;
      grip.hidden = !shown;
      grip.style.left = `${over.offsetLeft + plot.valToPos(0, 'x')}px`;
      grip.style.top = `${over.offsetTop + top}px`;
      grip.style.borderColor = stroke;
      grip.setAttribute('aria-valuenow', String(value));
      grip.setAttribute('aria-valuetext', formatNumber(value));
    }
  }

  #grip(key: string): HTMLElement {
    const move = (value: number): void => this.#moved(key, Number(Math.max(0, value).toPrecision(3)));
    return h('div', {
      class: 'grip', role: 'slider', tabindex: 0, 'data-key': key, 'aria-label': t('Initial value of {0}', key), 'aria-orientation': 'vertical', title: t('Drag the initial value of {0}', key),
      pointerdown: (event: PointerEvent) => {
        (event.target as HTMLElement).setPointerCapture(event.pointerId);
        this.#held = key;
        this.#moved(key, undefined);
        event.stopPropagation();
      },
      pointermove: (event: PointerEvent) => {
        const plot = this.#placed?.plot;
        if (this.#held !== key || plot === undefined) return;
        move(plot.posToVal(event.clientY - plot.over.getBoundingClientRect().top, 'y'));
      },
      pointerup: () => { this.#held = undefined; },
      keydown: (event: KeyboardEvent) => {
        const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0, now = this.#placed?.handles.find((handle) => handle.key === key)?.value;
        if (this.#placed === undefined || step === 0 || now === undefined) return;
        const { plot: { scales }, logarithmic } = this.#placed, reach = (scales['y']?.max ?? 1) - (scales['y']?.min ?? 0);
        this.#moved(key, undefined);
        move(logarithmic ? now * 1.1 ** step : now + (step * reach) / (event.shiftKey ? 20 : 100));
        event.preventDefault();
        event.stopPropagation();
      },
    });
  }
}
