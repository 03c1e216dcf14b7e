/** The playground's facade, for the script that builds it. The page itself is a bundle of its own. */
export { sampleIndex, type Sample, type SampleIndex } from './samples.ts';
