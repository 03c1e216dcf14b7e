/** `expect accuracy(xor) >= 1`: what is expected of a training. */
import { t } from '../../l10n/index.ts';
import type { Expression, ExpectStatement, Unit } from '../../grammar/index.ts';
import type { Expectation, TrainingInfo } from '../analysis.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { expectedTraining } from '../diagnostics/crn822-expected-training.ts';
import type { SourceFile } from '../names/files.ts';
import { isMeasure } from '../names/measures.ts';
import type { TrainingMeasure } from '../names/measures.ts';
import { nearest } from '../names/suggest.ts';
import { knownValue } from './scope.ts';

type Report = (diagnostic: Diagnostic) => void;
type Flipped = '>=' | '<=' | '>' | '<' | '=';

const FLIPPED: Readonly<Record<Flipped, Flipped>> = { '>=': '<=', '<=': '>=', '>': '<', '<': '>', '=': '=' };

/** The calls of a measure in an expression. */
export function measuresIn(expression: Expression): Extract<Expression, { kind: 'Call' }>[] {
  switch (expression.kind) {
    case 'Call':
      if (isMeasure(expression)) return [expression];
      return expression.arguments.flatMap(measuresIn);
    case 'Binary': {
      // Long sums lean to the left.
      const found: Extract<Expression, { kind: 'Call' }>[] = [];
      let node: Expression = expression;
      while (node.kind === 'Binary') {
        found.unshift(...measuresIn(node.right));
        node = node.left;
      }
      return [...measuresIn(node), ...found];
    }
    case 'Unary':
      return measuresIn(expression.operand);
    case 'Parenthesised':
      return measuresIn(expression.inner);
    default:
      return [];
  }
}

/** The sides of an expectation that compares. */
function sidesOf({ expectation }: ExpectStatement): readonly Expression[] {
  return expectation.kind === 'near' || expectation.kind === 'compare' ? [expectation.left, expectation.right] : [];
}

/** Whether the statement is about a training. */
export function expectsTraining(statement: ExpectStatement): boolean {
  return sidesOf(statement).some((side) => measuresIn(side).length > 0);
}

/** What the statement asks of a training; undefined when it has an error. */
export function readExpectedTraining(statement: ExpectStatement, unit: Unit, source: SourceFile, trainings: readonly TrainingInfo[], report: Report): Expectation | undefined {
  const { expectation } = statement;
  if (expectation.kind !== 'near' && expectation.kind !== 'compare') return undefined;
  const place = (span: { readonly start: number; readonly end: number }): ReturnType<SourceFile['place']> => source.place(unit, span);
  const wrong = (span: { readonly start: number; readonly end: number }, problem: string, suggestion?: string): undefined => {
    report(expectedTraining(place(span), problem, suggestion));
    return undefined;
  };
  const sides = [bare(expectation.left), bare(expectation.right)] as const;
  const calls = sides.flatMap(measuresIn);
  const [call, second] = calls;
  if (call === undefined) return undefined;
  if (second !== undefined) return wrong(second, t('One training at a time: write an expectation for each'));
  const at = sides.findIndex((side) => side === call);
  if (at < 0) return wrong(call, t('{0}(…) stands alone on its side: write {0}(NAME) < 0.01, and the rest on the other side', call.callee.text));
  if (statement.experiment !== undefined) return wrong(statement.experiment, t('An expectation of a training is about its end; leave “in” out'));
  const other = at === 0 ? sides[1] : sides[0];
  const value = other.kind === 'BadExpression' ? undefined : knownValue(other, source);
  const within = expectation.kind === 'near' && expectation.within !== undefined ? knownValue(expectation.within, source) : 1e-6;
  if (value === undefined || Number.isNaN(value)) return wrong(other, t('What a training is compared with is a number, or an expression of numbers and parameters'));
  if (within === undefined || !(within >= 0)) return wrong((expectation.kind === 'near' ? expectation.within : undefined) ?? statement, t('within takes a number from 0 on'));
  const [name] = call.arguments;
  if (name?.kind !== 'Reference') return wrong(call, t('Name the network: {0}(NAME)', call.callee.text));
  const training = trainingOf(name.name.text, trainings, (problem, suggestion) => wrong(name, problem, suggestion), source);
  if (training === undefined) return undefined;
  const relative = expectation.kind === 'near' && expectation.relative && expectation.within !== undefined;
  return {
    place: place(statement), text: unit.text.slice(statement.start, statement.end),
    check: {
      kind: 'training', measure: call.callee.text as TrainingMeasure, training,
      compare: expectation.kind === 'near' ? { operator: '~', value, tolerance: relative ? within / 100 : within, relative } : { operator: at === 0 ? expectation.operator : FLIPPED[expectation.operator], value },
    },
  };
}

function bare(expression: Expression): Expression {
  return expression.kind === 'Parenthesised' ? bare(expression.inner) : expression;
}

/** Position of the training that a name means. */
function trainingOf(name: string, trainings: readonly TrainingInfo[], wrong: (problem: string, suggestion?: string) => undefined, source: SourceFile): number | undefined {
  const named = trainings.findIndex((training) => training.name === name);
  if (named >= 0) return named;
  const of = trainings.flatMap((training, at) => (training.network === name ? [at] : []));
  if (of.length > 1) return wrong(t('The file trains {0} {1} times: name the train statement, train first: {0} on … , and ask for first', name, of.length));
  if (of[0] !== undefined) return of[0];
  if (source.mayDeclare(name)) return undefined;
  if (source.find('network', name) !== undefined) return wrong(t('The file does not train {0}: add train {0} on DATA { epochs = 100 }', name));
  const known = [...new Set(trainings.flatMap((training) => [training.network, ...(training.name === undefined ? [] : [training.name])]))];
  const suggestion = nearest(name, known);
  return wrong(t('There is no training and no network {0}. {1}', name, suggestion !== undefined ? t('Did you mean {0}?', suggestion) : known.length === 0 ? t('Declare one: train NETWORK on DATA { epochs = 100 }') : t('The file trains {0}', known.join(', '))), suggestion);
}
