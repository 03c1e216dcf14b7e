/** The lines of a block → its statement, and what they say wrong together: rows against their table, lines given twice. */
import { t } from '../l10n/index.ts';
import type {
  ActivationDeclaration, DataDeclaration, NetworkDeclaration, NoiseStatement, OdeStatement, SimulateStatement, Span, SweepStatement,
  SyntaxProblem, TrainStatement,
} from './ast.ts';
import { cellCount, noData, noTableHead, rowWithoutArrow, tableAndFile, unexpectedText } from './diagnostics/index.ts';
import type { Line, LineNodes } from './lines.ts';

export type LinesBlock =
  | OdeStatement | SimulateStatement | ActivationDeclaration | NetworkDeclaration | DataDeclaration | TrainStatement | NoiseStatement | SweepStatement;

/** @param text of the unit */
export function fillBlock(block: LinesBlock, lines: readonly Line[], text: string, problems: SyntaxProblem[]): LinesBlock {
  const of = <Kind extends keyof LineNodes>(is: Kind): LineNodes[Kind][] => lines.filter((line) => line.is === is).map((line) => line.node as LineNodes[Kind]);
  const settings = of('setting');
  const once = (spans: readonly Span[], message: () => string): void => {
    for (const span of spans.slice(1)) problems.push(unexpectedText({ start: span.start, end: span.end }, undefined, message()));
  };
  switch (block.kind) {
    case 'Ode':
      return { ...block, equations: of('equation') };
    case 'Activation': {
      const outputs = of('output');
      once(outputs, () => t('This block has an `output` already. Leave one of the two out.'));
      return { ...block, equations: of('equation'), totals: of('total'), ...(outputs[0] === undefined ? {} : { output: outputs[0] }) };
    }
    case 'Network':
      return { ...block, items: of('item') };
    case 'Data': {
      const headers = of('header');
      const splits = of('split');
      once(headers, () => t('This block has names for its columns already. Leave one of the two out.'));
      once(splits, () => t('This block has a `split` already. Leave one of the two out.'));
      const data: DataDeclaration = {
        ...block,
        ...(headers[0] === undefined ? {} : { header: headers[0] }),
        rows: of('row'),
        settings,
        ...(splits[0] === undefined ? {} : { split: splits[0] }),
      };
      checkTable(data, text, problems);
      return data;
    }
    case 'Sweep': {
      const trains = of('train');
      once(trains, () => t('This block has a `train` line already. Leave one of the two out.'));
      const simulations = of('simulate');
      once(simulations, () => t('This block has a `simulate` line already. Leave one of the two out.'));
      return { ...block, ...(trains[0] === undefined ? {} : { train: trains[0] }), ...(simulations[0] === undefined ? {} : { simulate: simulations[0] }), vary: of('vary'), settings };
    }
    case 'Simulate':
    case 'Train':
    case 'Noise':
      return { ...block, settings };
  }
}

/** More rows of wrong length are not listed one by one. */
const MOST_ROWS = 20;

function checkTable(data: DataDeclaration, text: string, problems: SyntaxProblem[]): void {
  const { header, rows, source } = data;
  const damaged = problems.length > 0;
  const first = header ?? rows[0];
  if (source !== undefined) {
    if (first !== undefined) problems.push(tableAndFile({ start: first.start, end: first.end }));
    return;
  }
  if (header === undefined) {
    // A line that could not be read may have been what is missed here.
    if (damaged) return;
    problems.push(rows[0] === undefined ? noData(data.name) : noTableHead({ start: rows[0].start, end: rows[0].end }));
    return;
  }
  const sides = (['inputs', 'targets'] as const).map((side) => {
    const name = header[side];
    const size = side === 'inputs' ? header.inputSize : header.targetSize;
    return { side, expected: size.kind === 'Number' ? size.value : undefined, sized: `${name.text}[${text.slice(size.start, size.end)}]` };
  });
  let listed = 0;
  rows.forEach((row, index) => {
    if (listed >= MOST_ROWS) return;
    if (row.targets.length === 0 && isArrowless(row, text)) {
      // Reported when it was read; here it is known where the arrow belongs.
      const [inputs, targets] = sides;
      const at = row.inputs.length === (inputs!.expected ?? NaN) + (targets!.expected ?? NaN) ? row.inputs[inputs!.expected! - 1]?.end : undefined;
      const told = problems.findIndex((problem) => problem.code === 'CRN131' && problem.start === row.start);
      if (told >= 0 && at !== undefined) problems[told] = rowWithoutArrow({ start: row.start, end: row.end }, index + 1, at);
      return;
    }
    for (const { side, expected, sized } of sides) {
      const cells = row[side];
      if (expected === undefined || cells.length === expected) continue;
      listed++;
      const span = cells.length === 0 ? row : { start: cells[0]!.start, end: cells.at(-1)!.end };
      problems.push(cellCount({ start: span.start, end: span.end }, index + 1, side, expected, cells.length, sized));
    }
  });
}

/** A row that was read as inputs alone, for want of an arrow. */
function isArrowless({ start, end, inputs }: DataDeclaration['rows'][number], text: string): boolean {
  return inputs.length > 0 && inputs.at(-1)!.end === end && !text.slice(start, end).includes('>');
}
