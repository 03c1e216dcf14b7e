/** The manifest is code: what it names exists, and what exists it names. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../chemistry/index.ts';
import { format, parse } from '../../grammar/index.ts';
import { VIRTUAL_SCHEME } from '../../server/index.ts';
import { readManifest } from '../../scripts/lib/manifest.ts';
import { commands, doneContexts, labView, language, modelView, odesScheme, reactionsScheme, settings, trainingContext, walkthrough } from '../names.ts';

const root = join(import.meta.dirname, '../..');
interface Command { command: string; title: string; category?: string; icon?: string; enablement?: string }
interface MenuItem { command: string; when?: string; group?: string }
interface Property { type: string; default: unknown; description?: string; markdownDescription?: string; enum?: string[]; enumDescriptions?: string[] }
const manifest = readManifest() as unknown as {
  main: string; icon: string; activationEvents: string[];
  capabilities: Record<'untrustedWorkspaces' | 'virtualWorkspaces', { supported: string | boolean; description: string }>;
  contributes: {
    commands: Command[]; menus: Record<string, MenuItem[]>; keybindings: MenuItem[];
    languages: { id: string; extensions: string[]; configuration: string; icon: Record<string, string> }[];
    grammars: { language: string; scopeName: string; path: string }[]; snippets: { language: string; path: string }[];
    configuration: { properties: Record<string, Property> };
    configurationDefaults: Record<string, Record<string, unknown>>;
    viewsContainers: { activitybar: { id: string; icon: string }[] };
    views: Record<string, { id: string; icon: string }[]>;
    viewsWelcome: { view: string; contents: string }[];
    walkthroughs: { id: string; steps: { id: string; description: string; media: { image?: string; markdown?: string; altText?: string }; completionEvents: string[] }[] }[];
  };
};
const { contributes } = manifest;
const source = (name: string): string => readFileSync(join(root, 'extension', name), 'utf8');

describe('commands', () => {
  it('are those the code registers, each once', () => {
    expect(contributes.commands.map((command) => command.command).sort()).toEqual(Object.values(commands).sort());
  });

  it('have a title and the category Onepot', () => {
    for (const command of contributes.commands) {
      expect(command.title, command.command).toMatch(/^[A-Z]/);
      expect(command.category, command.command).toBe('Onepot');
    }
  });

  it('have a handler each', () => {
    const text = source('commands.ts');
    for (const name of Object.keys(commands)) expect(text, name).toMatch(new RegExp(`^    ${name}: `, 'm'));
  });

  it('in menus and key bindings exist', () => {
    const known = new Set<string>(Object.values(commands));
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map((item) => item.command);
    expect(used.filter((command) => !known.has(command))).toEqual([]);
  });

  it('that need a model are offered only where there is one', () => {
    const offered = (name: string): string => contributes.menus['commandPalette']?.find((item) => item.command === name)?.when ?? '';
    for (const name of [commands.simulate, commands.train, commands.showOdes, commands.showReactions]) {
      const enablement = contributes.commands.find((candidate) => candidate.command === name)?.enablement ?? '';
      // An unsaved text has no .crn in its name; the library's texts are models of nothing.
      for (const part of [`resourceLangId == ${language}`, 'resourceExtname == .crn', `resourceScheme != ${VIRTUAL_SCHEME} && (`]) expect(enablement, name).toContain(part);
      expect(offered(name).replace(/^onepot\.hasTraining && \((.*)\)$/, '$1'), name).toBe(enablement.replace(` || view == ${modelView}`, ''));
    }
    for (const name of [commands.importNetwork, commands.newNetwork, commands.openWalkthrough, commands.restartServer, commands.showOutput]) expect(offered(name), name).toBe('');
  });

  it('that train are offered only where something is trained', () => {
    const items = [...contributes.menus['editor/context']!, ...contributes.menus['commandPalette']!].filter(({ command }) => command === commands.train);
    expect(items).toHaveLength(2);
    for (const { when } of items) expect(when).toMatch(new RegExp(`^${trainingContext.replace('.', '\\.')} && `));
  });

  it('stand as a button in the title of model editors', () => {
    expect(contributes.menus['editor/title/run']).toEqual([{ command: commands.simulate, when: expect.stringContaining(`resourceLangId == ${language}`), group: 'navigation@1' }]);
  });
});

describe('the editor', () => {
  it('indents by as many spaces as the formatter does', () => {
    const formatted = format('group g {\nA -> 0 @ 1\n}\n');
    const indent = /^( +)A/m.exec(formatted)?.[1]?.length;
    expect(contributes.configurationDefaults).toEqual({ [`[${language}]`]: { 'editor.tabSize': indent, 'editor.insertSpaces': true } });
  });
});

describe('settings', () => {
  it('are those the code reads, each once', () => {
    expect(Object.keys(contributes.configuration.properties).sort()).toEqual(Object.values(settings).sort());
  });

  it('have a description, and one for each of their values', () => {
    for (const [name, property] of Object.entries(contributes.configuration.properties)) {
      const description = property.markdownDescription ?? property.description;
      expect(description, name).toMatch(/^[A-Z].*\.$/s);
      expect(property.default, name).toBeDefined();
      if (property.enum === undefined) continue;
      expect(property.enum, name).toContain(property.default);
      expect(property.enumDescriptions, name).toHaveLength(property.enum.length);
    }
  });
});

describe('views', () => {
  const { activitybar } = contributes.viewsContainers;

  it('stand in a container that exists, with an icon', () => {
    expect(Object.keys(contributes.views)).toEqual(activitybar.map(({ id }) => id));
    expect(Object.values(contributes.views).flat().map(({ id }) => id)).toEqual([modelView]);
    for (const { icon } of [...activitybar, ...Object.values(contributes.views).flat()]) expect(existsSync(join(root, icon)), icon).toBe(true);
  });

  it('say what to do while they are empty, with commands that exist', () => {
    const known = new Set<string>(Object.values(commands));
    for (const { id } of Object.values(contributes.views).flat()) {
      const named = contributes.viewsWelcome.filter(({ view }) => view === id).flatMap(({ contents }) => [...contents.matchAll(/\(command:([\w.]+)\)/g)].map((match) => match[1]!));
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((name) => !known.has(name))).toEqual([]);
    }
  });
});

describe('the walkthrough', () => {
  const [tour] = contributes.walkthroughs;

  it('has six steps, each with something to look at', () => {
    expect(tour?.id).toBe(walkthrough);
    expect(tour?.steps).toHaveLength(6);
    for (const { id, media } of tour!.steps) {
      expect(existsSync(join(root, media.image ?? media.markdown ?? '')), id).toBe(true);
      if (media.image !== undefined) expect(media.altText, id).toMatch(/\w/);
    }
  });

  it('notices by itself when a step is done, and its buttons do something', () => {
    const own = new Set<string>([...Object.values(commands), `${modelView}.focus`]);
    for (const { id, completionEvents, description } of tour!.steps) {
      expect(completionEvents.length, id).toBeGreaterThan(0);
      const named = [...completionEvents.flatMap((event) => /^onCommand:(onepot\..*)$/.exec(event)?.[1] ?? []), ...[...description.matchAll(/\(command:(onepot\.[\w.]+)[?)]/g)].map((match) => match[1]!)];
      expect(named.filter((name) => !own.has(name)), id).toEqual([]);
    }
  });

  it('also when a lens does it', () => {
    const contexts = tour!.steps.flatMap(({ completionEvents }) => completionEvents.flatMap((event) => /^onContext:(.*)$/.exec(event)?.[1] ?? []));
    expect(contexts).toEqual(Object.values(doneContexts));
  });
});

describe('templates', () => {
  const folder = join(root, 'extension/templates');
  const files = readdirSync(folder);

  it('that the tour opens are there', () => {
    const opened = contributes.walkthroughs.flatMap(({ steps }) => steps).flatMap(({ description }) => [...description.matchAll(/\(command:onepot\.newNetwork\?([^)]*)\)/g)].map((match) => JSON.parse(decodeURIComponent(match[1]!)) as unknown));
    expect(opened).toEqual([['network.crn']]);
    expect(files).toContain('network.crn');
  });


  it('are all offered', () => {
    const offered = [...source('templates.ts').matchAll(/file: '([\w-]+\.crn)'/g)].map((match) => match[1]!);
    expect(offered.sort()).toEqual(files.sort());
  });

  it.each(files)('%s is laid out, free of findings and has something to run', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(format(text)).toBe(text);
    const tree = parse(text);
    expect(analyse(tree).diagnostics.filter(({ severity }) => severity !== 'hint').map(({ message }) => message)).toEqual([]);
    expect(tree.units.some(({ statement }) => statement.kind === 'Simulate' || statement.kind === 'Train')).toBe(true);
  });
});

describe('files', () => {
  const png = /^\x89PNG\r\n\x1a\n/s;

  it('of the language exist', () => {
    expect(contributes.languages.map(({ id, extensions }) => [id, extensions])).toEqual([[language, ['.crn']]]);
    const paths = contributes.languages.flatMap((entry) => [entry.configuration, ...Object.values(entry.icon)]);
    paths.push(...contributes.grammars.map((entry) => entry.path), ...contributes.snippets.map((entry) => entry.path));
    for (const path of paths) expect(existsSync(join(root, path)), path).toBe(true);
  });

  it('of the grammar carry its scope', () => {
    for (const entry of contributes.grammars) {
      const grammar = JSON.parse(readFileSync(join(root, entry.path), 'utf8')) as { scopeName: string };
      expect(grammar.scopeName).toBe(entry.scopeName);
    }
  });

  it('of pictures exist; the icon is a PNG of 128 × 128', () => {
    const icon = readFileSync(join(root, manifest.icon));
    expect(icon.toString('latin1')).toMatch(png);
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([128, 128]);
    for (const name of ['lab-light.svg', 'lab-dark.svg']) expect(statSync(join(root, 'extension/media', name)).size).toBeGreaterThan(0);
  });

  it('of the bundle are those the build makes', () => {
    const bundles = readFileSync(join(root, 'scripts/lib/bundles.ts'), 'utf8');
    const made = [manifest.main.replace('./', ''), 'dist/extension/import-worker.cjs', 'dist/extension/lab-thread.cjs', 'dist/server/node.cjs', 'dist/webview/early.js', 'dist/webview/lab.js', 'dist/webview/worker.js'];
    for (const path of made) expect(bundles).toContain(`'${path}'`);
  });
});

describe('hosts', () => {
  it('come back to an open lab after a reload', () => {
    expect(manifest.activationEvents).toContain(`onWebviewPanel:${labView}`);
  });

  it('are told what works without trust and without a disk', () => {
    for (const capability of Object.values(manifest.capabilities)) {
      expect(capability.supported).toBe('limited');
      expect(capability.description).toMatch(/\.$/);
    }
  });

  it('do not offer to run the made documents', () => {
    const items = Object.values(contributes.menus).flat().filter((item) => item.when?.includes('resourceLangId'));
    expect(items.length).toBeGreaterThan(0);
    for (const item of items.filter((candidate) => candidate.command === commands.simulate && candidate.group !== undefined)) expect(item.when).toContain(reactionsScheme);
    expect(odesScheme).not.toBe(reactionsScheme);
  });
});
