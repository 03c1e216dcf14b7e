/** Statements of "Neurons and networks" and of experiments → text: heads and lines, for `print.ts` to lay out. */
import type {
  ActivationDeclaration, ActivationUse, DataDeclaration, NetworkItem, NeuronStatement, NumberCell, SweepStatement, TrainStatement,
} from './ast.ts';
import { printEquation, printSetting } from './print-parts.ts';
import { printExpression, printItem } from './print.ts';

export interface PrintedBlock {
  readonly head: string;
  readonly lines: readonly string[];
}

export function printActivation({ name, parameters, equations, totals, output }: ActivationDeclaration): PrintedBlock {
  return {
    head: `activation ${name.text}(${parameters.map(printItem).join(', ')})`,
    lines: [
      ...equations.map(printEquation),
      ...totals.map(({ left, right }) => `${printExpression(left)} = ${printExpression(right)}`),
      ...(output === undefined ? [] : [`output = ${printExpression(output)}`]),
    ],
  };
}

function printConstants(constants: ActivationUse['constants']): string {
  return constants.map(({ name, value }) => `${name.text} = ${printExpression(value)}`).join(', ');
}

export function printNeuron({ name, activation, input, constants }: NeuronStatement): string {
  return `neuron ${name.text} = ${activation.text}(${printExpression(input)}${constants.length === 0 ? '' : `; ${printConstants(constants)}`})`;
}

export function printNetworkItem(item: NetworkItem): string {
  switch (item.kind) {
    case 'input':
      return `input ${item.name.text}[${printExpression(item.size)}]`;
    case 'layer': {
      const { name, constants } = item.activation;
      return `layer ${item.name.text}[${printExpression(item.size)}] = ${name.text}${constants.length === 0 ? '' : `(${printConstants(constants)})`}`;
    }
    case 'weights':
      return `weights ${printExpression(item.value)}`;
    case 'setting':
      return printSetting(item);
  }
}

/** Columns of a table are aligned at their right edges; a cell that was no number prints as `?`. */
export function printData({ name, source, header, rows, settings, split }: DataDeclaration): PrintedBlock {
  const cell = ({ value }: NumberCell): string => (Number.isNaN(value) ? '?' : String(value));
  const cells = rows.map(({ inputs, targets }) => [inputs.map(cell), targets.map(cell)] as const);
  const widths = ([0, 1] as const).map((side) => {
    const count = cells.reduce((most, row) => Math.max(most, row[side].length), 0);
    return Array.from({ length: count }, (_, column) => cells.reduce((most, row) => Math.max(most, row[side][column]?.length ?? 0), 0));
  });
  const aligned = (row: readonly string[], side: 0 | 1): string => row.map((text, column) => text.padStart(widths[side]![column]!)).join(' ');
  return {
    head: `data ${name.text}${source === undefined ? '' : ` = ${printExpression(source)}`}`,
    lines: [
      ...(header === undefined ? [] : [
        `${header.inputs.text}[${printExpression(header.inputSize)}] -> ${header.targets.text}[${printExpression(header.targetSize)}]`,
      ]),
      ...cells.map((row) => `${aligned(row[0], 0)} -> ${aligned(row[1], 1)}`),
      ...settings.map(printSetting),
      ...(split === undefined ? [] : [`split ${printExpression(split.fraction)}${split.seed === undefined ? '' : ` seed ${printExpression(split.seed)}`}`]),
    ],
  };
}

export function printTrain({ name, network, data }: Pick<TrainStatement, 'name' | 'network' | 'data'>): string {
  return `train ${name === undefined ? '' : `${name.text}: `}${network.text} on ${data.text}`;
}

export function printSweep({ train, simulate, vary, settings }: SweepStatement): string[] {
  const range = (of: SweepStatement['vary'][number]['range']): string =>
    of.kind === 'Array' ? printExpression(of)
    : `${printExpression(of.from)}..${printExpression(of.to)}${of.steps === undefined ? '' : ` steps ${printExpression(of.steps)}`}`;
  return [
    ...(train === undefined ? [] : [printTrain(train)]),
    ...(simulate === undefined ? [] : [`simulate ${simulate.experiment.text}`]),
    ...vary.map((one) => `vary ${one.name.text} in ${range(one.range)}`),
    ...settings.map(printSetting),
  ];
}
