/** What `expect` can ask of a training: `accuracy(xor)`. */
import type { Expression } from '../../grammar/index.ts';

export const TRAINING_MEASURES = ['accuracy', 'loss', 'relative_error'] as const;
export type TrainingMeasure = (typeof TRAINING_MEASURES)[number];

/** Whether a call is of a measure: `loss(xor)`. */
export function isMeasure(call: { readonly callee: { readonly text: string }; readonly arguments: readonly Expression[] }): boolean {
  const [only] = call.arguments;
  return TRAINING_MEASURES.some((measure) => measure === call.callee.text) && (only === undefined || (call.arguments.length === 1 && only.kind === 'Reference' && only.rail === undefined && only.indices === undefined));
}
