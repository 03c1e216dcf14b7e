/** The outline of a document. */
import { counted } from '../../l10n/index.ts';
import { SymbolKind } from 'vscode-languageserver';
import type { DocumentSymbol } from 'vscode-languageserver';
import type { Declaration, Span, Statement, Unit } from '../../grammar/index.ts';
import { unitRange } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

const DECLARED: Readonly<Record<Declaration['declares'], SymbolKind>> = {
  param: SymbolKind.Constant,
  species: SymbolKind.Variable,
  fixed: SymbolKind.Field,
  dual: SymbolKind.Operator,
};

/** An outline of tens of thousands of entries is slow in every client and read by nobody. */
const MOST = 5000;

export function documentSymbols(snapshot: Snapshot): DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  for (const unit of snapshot.tree.units) {
    if (symbols.length >= MOST) break;
    symbols.push(...ofStatement(snapshot, unit, unit.statement));
  }
  return symbols;
}

function ofStatement(snapshot: Snapshot, unit: Unit, statement: Statement): DocumentSymbol[] {
  const make = (name: string, kind: SymbolKind, whole: Span, selection: Span, detail?: string, children?: DocumentSymbol[]): DocumentSymbol => ({
    // Clients refuse an entry without a name.
    name: name.trim() === '' ? '?' : name,
    kind,
    range: unitRange(snapshot, unit, whole),
    selectionRange: unitRange(snapshot, unit, selection.start >= whole.start && selection.end <= whole.end ? selection : { start: whole.start, end: whole.start }),
    ...(detail === undefined ? {} : { detail }),
    ...(children === undefined || children.length === 0 ? {} : { children }),
  });
  const textOf = (span: Span): string => unit.text.slice(span.start, span.end).replaceAll(/\s+/g, ' ').slice(0, 200);
  const inside = (body: readonly Statement[]): DocumentSymbol[] => body.flatMap((inner) => ofStatement(snapshot, unit, inner));

  switch (statement.kind) {
    case 'Declaration':
      return statement.items.map((item) => {
        const behind = textOf({ start: item.name.end, end: item.end });
        return make(item.name.text, DECLARED[statement.declares], item, item.name, `${statement.declares}${behind === '' ? '' : ` ${behind}`}`);
      });
    case 'Reaction': {
      const arrow = textOf({ start: statement.left.start, end: statement.right.end });
      return statement.label === undefined
        ? [make(arrow, SymbolKind.Event, statement, statement)]
        : [make(statement.label.text, SymbolKind.Event, statement, statement.label, arrow)];
    }
    case 'Ode':
      return statement.equations.map((equation) => make(`${textOf(equation.species)}'`, SymbolKind.Function, equation, equation.species, textOf(equation.right)));
    case 'For':
      return [make(textOf({ start: statement.start, end: statement.binders.at(-1)?.end ?? statement.start + 3 }), SymbolKind.Array, statement, statement, undefined, inside(statement.body))];
    case 'Module':
      return [make(statement.name.text, SymbolKind.Module, statement, statement.name, statement.parameters.map((parameter) => parameter.name.text).join(', '), inside(statement.body))];
    case 'Group':
      return [make(statement.name.text, SymbolKind.Namespace, statement, statement.name, 'group', inside(statement.body))];
    case 'Use':
      return [make(statement.label?.text ?? statement.module.text, SymbolKind.Object, statement, statement.label ?? statement.module, textOf(statement))];
    case 'Simulate':
      return [make(statement.name?.text ?? 'simulate', SymbolKind.Method, statement, statement.name ?? statement, 'simulate')];
    case 'Activation':
      return [make(statement.name.text, SymbolKind.Function, statement, statement.name, statement.parameters.map((parameter) => parameter.name.text).join(', '))];
    case 'Neuron':
      return [make(statement.name.text, SymbolKind.Variable, statement, statement.name, `neuron ${textOf({ start: statement.activation.start, end: statement.end })}`)];
    case 'Network': {
      const parts = statement.items.flatMap((item) =>
        item.kind === 'input' || item.kind === 'layer' ? [make(item.name.text, SymbolKind.Array, item, item.name, `${item.kind} ${textOf({ start: item.name.end, end: item.end })}`)] : []);
      return [make(statement.name.text, SymbolKind.Class, statement, statement.name, 'network', parts)];
    }
    case 'Data': {
      const what = statement.source !== undefined ? textOf(statement.source) : counted(statement.rows.length, '1 row', '{0} rows');
      return [make(statement.name.text, SymbolKind.Struct, statement, statement.name, `data ${what}`)];
    }
    case 'Train': {
      const what = `train ${statement.network.text} on ${statement.data.text}`;
      return [make(statement.name?.text ?? what, SymbolKind.Method, statement, statement.name ?? statement.network, statement.name === undefined ? 'train' : what)];
    }
    case 'Noise':
      return [make(statement.name.text, SymbolKind.Object, statement, statement.name, 'noise')];
    case 'Sweep':
      return [make(statement.name.text, SymbolKind.Method, statement, statement.name, 'sweep')];
    case 'Import':
      return [make(statement.path.value, SymbolKind.File, statement, statement.path, 'import')];
    case 'Expect':
      return [make(textOf(statement), SymbolKind.Boolean, statement, statement)];
    case 'Units':
    case 'Bad':
      return [];
  }
}
