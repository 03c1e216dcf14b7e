/** The samples of the menu and the files beside them, as the build writes them into `samples.json`. */

export interface Sample {
  /** Name of its file. */
  readonly name: string;
  /** One line about what it shows. */
  readonly about: string;
}
export interface SampleIndex {
  /** In the order of the samples' own list. */
  readonly samples: readonly Sample[];
  /** Text of every sample and of what samples read, by path: `xor.crn`, `data/iris.csv`. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Makes the index from the list in `samples/README.md`, whose rows are `| [name.crn](name.crn) | what it shows |`.
 * @param files text by path from the folder of the samples, with slashes
 * @throws Error when the list names what is not there. What it leaves out comes last and is told of in its own first remark.
 */
export function sampleIndex(list: string, files: Readonly<Record<string, string>>): SampleIndex {
  const samples = [...list.matchAll(/^\|\s*\[([^\]]+\.crn)\]\(([^)]+)\)\s*\|\s*(.*?)\s*\|\s*$/gm)].map(([, name, target, about]): Sample => {
    if (name !== target) throw new Error(`The list of samples calls ${target} by another name, ${name}.`);
    return { name: name!, about: about!.replaceAll(/[`*]/g, '') };
  });
  const listed = new Set(samples.map(({ name }) => name));
  const missing = [...listed].filter((name) => !Object.hasOwn(files, name));
  if (missing.length > 0) throw new Error(`The list of samples names ${missing.join(', ')}, which is not there.`);
  const unlisted = Object.keys(files).filter((path) => path.endsWith('.crn') && !path.includes('/') && !listed.has(path));
  return { samples: [...samples, ...unlisted.map((name) => ({ name, about: firstRemark(files[name]!) }))], files };
}

/** The first line of a text's comment. */
function firstRemark(text: string): string {
  return /^\s*\/\/+\s*(.*)$/m.exec(text)?.[1] ?? '';
}
