/** BioNetGen .net → .crn text. */
import { counted, t } from '../../l10n/index.ts';
import { modelOf, type ImportNote } from './model.ts';
import { readNet } from './read.ts';
import { writeModel, type ImportedObservable } from './write.ts';

export interface NetImport {
  /** The network in .crn. */
  readonly text: string;
  /** What was left out or changed, in the order of the file. */
  readonly notes: readonly ImportNote[];
  /** BioNetGen's groups, over the species' names in the text. */
  readonly observables: readonly ImportedObservable[];
  /** Names of the species in the text, in the order of the file. */
  readonly species: readonly string[];
  /** How many the file has. */
  readonly reactions: number;
}

/** Comment lines are broken before this column. */
const WIDTH = 120;

/**
 * Reads a BioNetGen network and writes it in .crn. Rates carry their statistical factors as the file has them; functions and
 * observables are written out in the laws that use them. What cannot be kept is in `notes` and in a comment where it stood.
 * @param fileName for the header only.
 * @throws NetFormatError when the text is no .net file.
 */
export function importNet(text: string, fileName: string): NetImport {
  const notes: ImportNote[] = [];
  const report = (line: number, message: string, lost: boolean): void => void notes.push({ line, message, lost });
  const file = readNet(text);
  const model = modelOf(file, report);
  const written = writeModel(model, report);
  for (const other of file.others) {
    report(other.line, other.block === undefined ? t('“{0}” is an instruction to BioNetGen and left out.', other.instruction ?? '')
      : t('The block “{0}” describes the model that the network was made from and is left out; the reactions hold its effect.', other.block), false);
  }
  notes.sort((a, b) => a.line - b.line);

  const source = file.preamble.find((line) => line.includes('BioNetGen'))?.replace(/^Created by\s+/i, '');
  const sections = [
    [
      `// ${source === undefined ? t('Imported from {0}.', fileName) : t('Imported from {0} ({1}).', fileName, source)}`,
      `// ${t('{0}, {1}, {2}.', speciesIn(model.species.length), reactionsIn(model.reactions.length), parametersIn(model.parameters.length))}`,
      `// ${t('Rate constants are as in the file: BioNetGen has put the statistical factors into them.')}`,
      ...(written.speciesNames.some((name) => /^S\d+_*$/.test(name))
        ? [`// ${t('A species is called by its molecules where they single it out, else S and its number in the file; its pattern is above it.')}`]
        : []),
      ...notes.map((note) => comment(note.lost ? t('NOT IMPORTED, line {0}: {1}', note.line, note.message) : t('Note, line {0}: {1}', note.line, note.message))),
    ],
    written.parameters,
    written.species,
    written.reactions,
    written.functions.length === 0 ? [] : [`// ${t('Functions of the file, written out in the laws above:')}`, ...written.functions.map((line) => line.slice(0, 10 * WIDTH))],
    written.observables.length === 0 ? [] : [`// ${t('Observables of the file (its groups), as sums of species:')}`, ...written.observables.map(observableText)],
  ];
  return {
    text: `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`,
    notes,
    observables: written.observables,
    species: written.speciesNames,
    reactions: model.reactions.length,
  };
}

const speciesIn = (n: number): string => counted(n, '1 species', '{0} species', String(n));
const reactionsIn = (n: number): string => counted(n, '1 reaction', '{0} reactions', String(n));
const parametersIn = (n: number): string => counted(n, '1 parameter', '{0} parameters', String(n));
const observableText = ({ name, terms }: ImportedObservable): string =>
  comment(`  ${name} = ${terms.map((term) => (term.weight === 1 ? term.species : `${term.weight} ${term.species}`)).join(' + ') || '0'}`);

/** A comment broken at blanks, further lines indented. */
function comment(text: string): string {
  const lines: string[] = [];
  let line = '//';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > WIDTH && line.trim() !== '//') {
      lines.push(line);
      line = '//    ';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}
