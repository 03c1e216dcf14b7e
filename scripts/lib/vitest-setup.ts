/** Before any test: the kernels are there and made from the present sources. */
import { buildKernels } from './kernels.ts';

export async function setup(): Promise<void> {
  await buildKernels();
}
