/** The texts of the library as a TypeScript module. */
export function libraryModule(texts: ReadonlyMap<string, string>): string {
  const entries = [...texts].map(([name, text]) => `  [${JSON.stringify(name)}, ${JSON.stringify(text)}],\n`).join('');
  return `/** Written by scripts/library.ts from the .crn files beside it: change those. */\nexport const LIBRARY_TEXTS: ReadonlyMap<string, string> = new Map([\n${entries}]);\n`;
}
