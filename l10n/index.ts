/** The facade of the words: what a user reads, in the user's language. */
export { counted, isLanguage, language, speak, t, type Language, type Value } from './texts.ts';
