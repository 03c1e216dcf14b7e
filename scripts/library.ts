/**
 * `node scripts/library.ts`: writes chemistry/library/*.crn into chemistry/library/texts.generated.ts. The library is text that
 * users can open; the room that checks texts reads no files.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain, say } from './lib/console.ts';
import { root } from './lib/paths.ts';
import { libraryModule } from './lib/library.ts';

await runMain(() => {
  const folder = join(root, 'chemistry', 'library');
  const files = readdirSync(folder).filter((name) => name.endsWith('.crn')).sort();
  const texts = new Map(files.map((name) => [name.slice(0, -'.crn'.length), readFileSync(join(folder, name), 'utf8')]));
  writeFileSync(join(folder, 'texts.generated.ts'), libraryModule(texts));
  say(`chemistry/library/texts.generated.ts: ${files.join(', ')}`);
  return Promise.resolve();
});
