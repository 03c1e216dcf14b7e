/** The bundle of the language. */
export declare function dottedTexts(): Readonly<Record<string, string>>;
/** Speaks in dots until `speak` is told otherwise. */
export declare function speakInDots(): void;
