/** From a file to a checked network. */
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import { analyse, type Analysis, type ImportResolver } from '../../chemistry/index.ts';
import { parse, type SyntaxTree } from '../../grammar/index.ts';
import { UnusableError } from './errors.ts';
import { readText } from './files.ts';

export interface Model {
  /** As given on the command line. */
  readonly file: string;
  readonly text: string;
  readonly tree: SyntaxTree;
  readonly analysis: Analysis;
  /** Texts of imported files, by the URI that places in them carry. */
  readonly imported: ReadonlyMap<string, string>;
}

/**
 * Reads and checks a file.
 * @param text in place of what the file holds
 * @throws UnusableError when it cannot be read.
 */
export function loadModel(file: string, text = readText(file)): Model {
  if (/\.net$/i.test(file)) throw new UnusableError(`${file} is a BioNetGen network. Import it first: onepot import ${file} -o ${basename(file).slice(0, -4)}.crn`);
  const imported = new Map<string, string>();
  const trees = new Map<string, SyntaxTree>();
  const uri = resolve(file);
  const resolveImport: ImportResolver = (path, from) => {
    const target = resolve(dirname(from ?? uri), path);
    try {
      let tree = trees.get(target);
      if (tree === undefined) {
        const content = readText(target);
        imported.set(target, content);
        tree = parse(content);
        trees.set(target, tree);
      }
      return { uri: target, tree };
    } catch (error) {
      if (error instanceof UnusableError) return { error: error.message.replaceAll(target, path) };
      throw error;
    }
  };
  const tree = parse(text);
  return { file, text, tree, analysis: analyse(tree, { uri, resolveImport }), imported };
}

/** A path as short as it can be said from here. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) || short === '' ? path : short;
}
