/** The facade of the words: what a user reads, in the user's language. */
export { counted, isLanguage, language, listed, marked, oneOf, said, speak, t, type Language, type Text, type Value } from './texts.ts';
