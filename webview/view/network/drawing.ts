/** A graph that can be looked around in: dragged, zoomed, and walked from node to node with the keyboard. */
import { t } from '../../../l10n/index.ts';
import type { GraphAnswer } from '../../analysis-protocol.ts';
import { h, setAttribute, svg } from '../dom.ts';
import type { Theme } from '../theme.ts';
import { graphElements } from './picture.ts';

export interface GraphEvents {
  /** A node is looked at; undefined: none. */
  readonly look: (node: number | undefined) => void;
  /** A node was clicked, or Enter pressed on it. */
  readonly activate: (node: number) => void;
}

/** A part of the drawing. */
interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CLOSEST = 6, MOVED = 4;
/** A small graph is not blown up to fill the panel. */
const LARGEST_SCALE = 1.6;

/** The node that lies nearest in a direction, beside which the way aside counts double; −1 when there is none. */
export function nextNode(nodes: readonly { readonly x: number; readonly y: number }[], from: number, [dx, dy]: readonly [number, number]): number {
  const start = nodes[from]!;
  let best = -1, nearest = Infinity;
  for (const [k, { x, y }] of nodes.entries()) {
    const along = (x - start.x) * dx + (y - start.y) * dy, aside = Math.abs((x - start.x) * dy) + Math.abs((y - start.y) * dx);
    if (k === from || along <= 1e-6) continue;
    const far = along + 2 * aside;
    if (far < nearest) [best, nearest] = [k, far];
  }
  return best;
}

export class GraphDrawing {
  readonly element: HTMLElement;
  readonly #events: GraphEvents;
  readonly #svg = svg('svg', { class: 'graph', 'aria-hidden': 'true' });
  readonly #observer = new ResizeObserver(() => this.#apply());
  #answer: GraphAnswer | undefined;
  #window: Window = { x: 0, y: 0, width: 1, height: 1 };
  #moved = false;
  #nodes: readonly SVGElement[] = [];
  #edges: readonly SVGElement[] = [];
  #selected: number | undefined;
  #drag: { readonly x: number; readonly y: number; readonly window: Window; moved: boolean } | undefined;

  constructor(id: string, label: string, events: GraphEvents) {
    this.#events = events;
    this.element = h('div', {
      class: 'graph-frame', id, tabindex: 0, role: 'application', 'aria-roledescription': t('graph'), 'aria-label': label, 'aria-describedby': `${id}-summary`,
      keydown: (event: KeyboardEvent) => this.#key(event), pointerdown: (event: PointerEvent) => this.#down(event), pointermove: (event: PointerEvent) => this.#move(event),
      pointerup: (event: PointerEvent) => this.#up(event), pointerleave: () => { if (this.#drag === undefined) this.#look(this.#selected); },
    }, this.#svg);
    this.element.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.#zoom(1.0015 ** event.deltaY, event.offsetX, event.offsetY);
    }, { passive: false });
    this.#observer.observe(this.element);
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  get selected(): number | undefined {
    return this.#selected;
  }

  show(answer: GraphAnswer, theme: Theme): void {
    const same = this.#answer !== undefined && this.#answer.nodes.length === answer.nodes.length && this.#answer.nodes.every(({ label, kind }, k) => label === answer.nodes[k]!.label && kind === answer.nodes[k]!.kind);
    this.#answer = answer;
    const { edges, nodes } = graphElements(answer, theme);
    this.#edges = edges;
    this.#nodes = nodes;
    nodes.forEach((node, k) => {
      const { kind, title, place } = answer.nodes[k]!;
      node.setAttribute('class', `node ${kind}${place === undefined ? '' : ' linked'}`);
      node.setAttribute('data-node', String(k));
      node.setAttribute('data-title', title);
    });
    this.#svg.replaceChildren(...edges, ...nodes);
    // An edit that leaves the nodes as they are leaves the eye where it is.
    if (!same) {
      this.#selected = undefined;
      this.fit();
    }
    this.#mark();
  }

  /** All of it, in the middle. */
  fit(): void {
    this.#moved = false;
    this.#apply();
  }

  #apply(): void {
    const { clientWidth: w, clientHeight: tall } = this.element;
    if (this.#answer === undefined || w === 0 || tall === 0) return;
    if (!this.#moved) {
      const { width, height } = this.#answer, scale = Math.min(LARGEST_SCALE, w / width, tall / height);
      this.#window = { width: w / scale, height: tall / scale, x: (width - w / scale) / 2, y: (height - tall / scale) / 2 };
    }
    const { x, y, width, height } = this.#window;
    this.#svg.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
    this.element.dataset['zoom'] = (w / width).toFixed(3);
  }

  #zoom(factor: number, left: number, top: number): void {
    const { clientWidth: w, clientHeight: tall } = this.element, { x, y, width, height } = this.#window;
    const by = Math.max(w / CLOSEST / width, Math.min((4 * (this.#answer?.width ?? 1) + w) / width, factor));
    this.#moved = true;
    this.#window = { x: x + (width * left * (1 - by)) / w, y: y + (height * top * (1 - by)) / tall, width: width * by, height: height * by };
    this.#apply();
  }

  #nodeAt(event: Event): number | undefined {
    const found = event.target instanceof Element ? event.target.closest('[data-node]')?.getAttribute('data-node') : undefined;
    return found == null ? undefined : Number(found);
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#drag = { x: event.clientX, y: event.clientY, window: this.#window, moved: false };
  }

  #move(event: PointerEvent): void {
    if (this.#drag === undefined) {
      this.#look(this.#nodeAt(event) ?? this.#selected);
      return;
    }
    const dx = event.clientX - this.#drag.x, dy = event.clientY - this.#drag.y;
    if (!this.#drag.moved && Math.hypot(dx, dy) < MOVED) return;
    if (!this.#drag.moved) this.element.setPointerCapture(event.pointerId);
    this.#drag.moved = this.#moved = true;
    const { window } = this.#drag, scale = window.width / this.element.clientWidth;
    this.#window = { ...window, x: window.x - dx * scale, y: window.y - dy * scale };
    this.#apply();
  }

  #up(event: PointerEvent): void {
    const moved = this.#drag?.moved === true, node = this.#nodeAt(event);
    this.#drag = undefined;
    if (moved || node === undefined) return;
    this.select(node);
    this.#events.activate(node);
  }

  select(node: number): void {
    this.#selected = node;
    this.#mark();
    this.#look(node);
    // What is walked to comes into sight.
    const at = this.#answer!.nodes[node]!, { x, y, width, height } = this.#window, margin = 30;
    const shift = (value: number, low: number, size: number): number => (value < low + margin ? value - low - margin : value > low + size - margin ? value - low - size + margin : 0);
    const dx = shift(at.x, x, width), dy = shift(at.y, y, height);
    if (dx === 0 && dy === 0) return;
    this.#moved = true;
    this.#window = { x: x + dx, y: y + dy, width, height };
    this.#apply();
  }

  #look(node: number | undefined): void {
    this.#events.look(node);
    const answer = this.#answer;
    if (answer === undefined) return;
    this.#edges.forEach((edge, k) => setAttribute(edge, 'data-lit', node === undefined ? undefined : String(answer.edges[k]!.from === node || answer.edges[k]!.to === node)));
  }

  #mark(): void {
    this.#nodes.forEach((node, k) => setAttribute(node, 'data-selected', k === this.#selected ? 'true' : undefined));
  }

  #key(event: KeyboardEvent): void {
    const answer = this.#answer;
    if (answer === undefined || answer.nodes.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const)[event.key];
    const { clientWidth, clientHeight } = this.element;
    if (direction !== undefined) {
      const next = this.#selected === undefined ? 0 : nextNode(answer.nodes, this.#selected, direction);
      if (next >= 0) this.select(next);
    } else if (event.key === 'Home') this.select(0);
    else if (event.key === 'End') this.select(answer.nodes.length - 1);
    else if (event.key === 'Enter' && this.#selected !== undefined) this.#events.activate(this.#selected);
    else if (event.key === '+' || event.key === '=') this.#zoom(0.8, clientWidth / 2, clientHeight / 2);
    else if (event.key === '-') this.#zoom(1.25, clientWidth / 2, clientHeight / 2);
    else if (event.key === '0') this.fit();
    else return;
    event.preventDefault();
  }
}
