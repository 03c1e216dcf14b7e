/**
 * The order of the rooms as a lint rule: a room knows only the rooms before it, and another room only through its facade
 * (`../room/index.ts`). The compiler enforces the order too (tsconfig references); this rule says why.
 */
import path from 'node:path';

/** What each room may import, and the reason it may import nothing else. */
export const rooms = {
  l10n: { knows: [], because: 'the words come before everything that is said' },
  grammar: { knows: ['l10n'], because: 'the text room knows no chemistry, so that the language can be parsed and printed anywhere' },
  chemistry: { knows: ['l10n', 'grammar'], because: 'chemistry says what a text means and knows no numbers over time' },
  simulation: { knows: ['l10n', 'chemistry'], because: 'simulation computes on networks and knows no text' },
  exchange: { knows: ['l10n', 'grammar', 'chemistry'], because: 'exchange converts formats and runs nothing' },
  server: { knows: ['l10n', 'grammar', 'chemistry', 'exchange'], because: 'the language server never simulates in its request loop' },
  webview: { knows: ['l10n', 'grammar', 'chemistry', 'simulation', 'exchange'], because: 'the lab gets its model as text and must not reach into the editor or its server' },
  cli: { knows: ['grammar', 'chemistry', 'simulation', 'exchange'], because: 'the command line stands beside the editor, not on it' },
  extension: { knows: ['l10n', 'grammar', 'chemistry', 'exchange', 'webview', 'server'], because: 'the extension wires the others to VS Code and computes nothing itself' },
  playground: { knows: ['l10n', 'server', 'webview'], because: 'the playground is another host of server and lab, as the extension is' },
  scripts: { knows: ['grammar', 'chemistry', 'simulation', 'exchange', 'server', 'cli', 'playground'], because: 'scripts build and test the product' },
  bench: { knows: ['grammar', 'chemistry', 'simulation', 'exchange'], because: 'benchmarks measure the core' },
  e2e: { knows: ['scripts'], because: 'end-to-end tests see only what a user sees' },
};

const root = path.resolve(import.meta.dirname, '../..');
const roomOf = (file) => path.relative(root, file).split(path.sep)[0];

export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      order: '{{from}} may not import {{to}}: {{because}}. It may import: {{knows}}.',
      facade: 'Import {{to}} through its facade, {{to}}/index.ts: what the facade does not name may change without notice.',
    },
  },
  create(context) {
    const file = context.filename;
    const from = roomOf(file);
    const isTest = file.split(path.sep).includes('test');
    const check = (node) => {
      const source = node.source?.value;
      // Data has no order: a grammar or a list of snippets may be read from anywhere.
      if (typeof source !== 'string' || !source.startsWith('.') || source.endsWith('.json')) return;
      const target = path.resolve(path.dirname(file), source);
      const to = roomOf(target);
      if (to === from || !(to in rooms) || !(from in rooms)) return;
      const { knows, because } = rooms[from];
      // A test may bring in any room to build its material; only shipped code is bound to the order.
      if (!isTest && !knows.includes(to)) context.report({ node, messageId: 'order', data: { from, to, because, knows: knows.join(', ') || 'nothing' } });
      else if (to !== 'scripts' && !isTest && path.relative(root, target) !== path.join(to, 'index.ts')) context.report({ node, messageId: 'facade', data: { to } });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};
