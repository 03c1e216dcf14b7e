/** Networks of neurons as layers: a column each for the inputs and every layer, units below one another, all joined to the next. */
import { counted, t } from '../../../l10n/index.ts';
import type { Analysis } from '../../../chemistry/index.ts';
import type { GraphAnswer, GraphEdge, GraphNode } from '../../analysis-protocol.ts';

/** Of a wide layer the first and last units are drawn, with a gap between. */
const MOST_UNITS = 12;
const ACROSS = 170, DOWN = 34, SIZE = 22, HEAD = 40;

interface Column {
  readonly name: string;
  readonly about: string;
  readonly units: number;
}

/** Units that are drawn, from 1; a gap stands at `null`. */
export function drawnUnits(units: number): readonly (number | null)[] {
  if (units <= MOST_UNITS) return Array.from({ length: units }, (_, k) => k + 1);
  const half = MOST_UNITS / 2;
  return [...Array.from({ length: half }, (_, k) => k + 1), null, ...Array.from({ length: half - 1 }, (_, k) => units - half + 2 + k)];
}

/** All networks of neurons of a text, one below the other. */
export function layersGraph({ networks }: Pick<Analysis, 'networks'>): GraphAnswer {
  const nodes: GraphNode[] = [], edges: GraphEdge[] = [];
  let top = 0, width = 0;
  for (const { name, place, spec } of networks) {
    const { unit } = place, statement = unit.statement, from = place.file === undefined ? null : place.file;
    const shown = from?.startsWith('onepot:') !== true;
    const spanOf = (part: string): { start: number; end: number } => {
      const item = statement.kind === 'Network' ? statement.items.find((one) => (one.kind === 'layer' || one.kind === 'input') && one.name.text === part) : undefined;
      return item ?? place.span;
    };
    const at = (part: string): Pick<GraphNode, 'place'> => (shown ? { place: { uri: from, start: unit.start + spanOf(part).start, end: unit.start + spanOf(part).end } } : {});
    const columns: Column[] = [
      { name: spec.input.name, about: t('input'), units: spec.input.size },
      ...spec.layers.map((layer) => ({ name: layer.name, units: layer.units, about: layer.activation.kind === 'declared' ? layer.activation.known.model.name : layer.activation.kind })),
    ];
    const tallest = Math.max(...columns.map(({ units }) => drawnUnits(units).length)) * DOWN;
    let before: number[] = [];
    columns.forEach(({ name: own, about, units }, c) => {
      const x = ACROSS * (c + 0.5), list = drawnUnits(units), y0 = top + HEAD + (tallest - list.length * DOWN) / 2;
      nodes.push({ kind: 'layer', label: own, title: `${name}.${own}: ${about}, ${counted(units, '1 unit', '{0} units')}`, note: `${about} · ${units}`, x, y: top + HEAD / 2 - 4, width: 110, height: 30, ...at(own) });
      const now: number[] = [];
      list.forEach((number, k) => {
        const y = y0 + DOWN * (k + 0.5);
        if (number !== null) now.push(nodes.length);
        nodes.push(number === null
          ? { kind: 'gap', label: '⋮', title: counted(units - MOST_UNITS + 1, '1 more unit', '{0} more units'), x, y, width: SIZE, height: SIZE }
          : { kind: 'unit', label: String(number), title: `${name}.${own}[${number}], ${about}`, x, y, width: SIZE, height: SIZE, group: c, ...at(own) });
      });
      for (const a of before) for (const b of now) edges.push({ from: a, to: b, catalyst: false, stoichiometry: 1, points: [nodes[a]!.x + SIZE / 2, nodes[a]!.y, nodes[b]!.x - SIZE / 2, nodes[b]!.y] });
      before = now;
    });
    width = Math.max(width, ACROSS * columns.length);
    top += HEAD + tallest + HEAD;
  }
  return { kind: 'graph', shows: 'layers', nodes, edges, groups: [], whole: nodes.length, width, height: Math.max(1, top - HEAD) };
}
