import { describe, expect, it, test } from 'vitest';
import { parse } from '../../grammar/index.ts';
import { buildDataSet, recipeFromStatement, type DataRecipe, type StatementRecipe } from '../index.ts';

function read(text: string): { result: ReturnType<typeof recipeFromStatement>; text: string } {
  const [unit] = parse(text).units;
  if (unit?.statement.kind !== 'Data') throw new Error('No data statement.');
  expect(unit.problems).toEqual([]);
  return { result: recipeFromStatement(unit.statement), text: unit.text };
}
function understood(text: string): StatementRecipe {
  const { result } = read(text);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}
const recipe = (text: string): DataRecipe => understood(text).recipe;
/** Each problem as [the text it marks, its message]. */
function problems(text: string): [string, string][] {
  const { result, text: unit } = read(text);
  if (result.ok) throw new Error('It was understood.');
  return result.problems.map(({ span, message }) => [unit.slice(span.start, span.end), message]);
}
const table = (block: string): string => `data d = csv("a.csv") {\n${block}\n}`;

describe('what is understood', () => {
  it('rows in the text', () => {
    expect(recipe('data t {\n  x[2] -> y[1]\n  0 -1 -> 0.5\n  1 2 -> 1\n}')).toEqual({
      name: 't', source: { kind: 'inline', width: { inputs: 2, targets: 1 }, names: ['x[1]', 'x[2]', 'y[1]'], inputs: [[0, -1], [1, 2]], targets: [[0.5], [1]] },
    });
  });

  it('a table with settings and a split', () => {
    expect(recipe(table('x = scale(columns(1..4), 0, 1, clip: true)\ny = onehot(column("species"))\nheader = true\ndelimiter = ";"\nsplit 0.8 seed 7'))).toEqual({
      name: 'd', source: { kind: 'csv', file: 'a.csv', delimiter: ';', header: true },
      x: { kind: 'scale', of: { kind: 'columns', from: 1, to: 4 }, low: 0, high: 1, clip: true },
      y: { kind: 'onehot', of: { kind: 'column', column: 'species' } }, split: { fraction: 0.8, seed: 7 },
    });
  });

  it('images, with held-out ones of their own', () => {
    expect(recipe('data d = idx("i", "l") { x = scale(pixels, 0, 1); y = onehot(labels, 10); test = idx("ti", "tl") }')).toEqual({
      name: 'd', source: { kind: 'idx', images: 'i', labels: 'l' }, test: { kind: 'idx', images: 'ti', labels: 'tl' },
      x: { kind: 'scale', of: { kind: 'pixels' }, low: 0, high: 1 }, y: { kind: 'onehot', of: { kind: 'labels' }, classes: 10 },
    });
    expect(recipe('data d = idx("i", "l") { }')).toEqual({ name: 'd', source: { kind: 'idx', images: 'i', labels: 'l' } });
  });

  it.each([
    ['columns("a", 3)', { kind: 'join', of: [{ kind: 'column', column: 'a' }, { kind: 'column', column: 3 }] }],
    ['columns(1..2), standardize(column("z"))', { kind: 'join', of: [{ kind: 'columns', from: 1, to: 2 }, { kind: 'standardize', of: { kind: 'column', column: 'z' } }] }],
    ['[column(1), (column(2))]', { kind: 'join', of: [{ kind: 'column', column: 1 }, { kind: 'column', column: 2 }] }],
    ['onehot(column(1), ["b", "a"])', { kind: 'onehot', of: { kind: 'column', column: 1 }, classes: ['b', 'a'] }],
    ['scale(column(1), -1, 2/4)', { kind: 'scale', of: { kind: 'column', column: 1 }, low: -1, high: 0.5 }],
  ])('x = %s', (steps, expected) => {
    expect(recipe(table(`x = ${steps}\ny = column(9)`)).x).toEqual(expected);
  });

  it('a split without a seed always makes the same parts', () => {
    expect(recipe(table('x = column(1)\ny = column(2)\nsplit 0.5')).split).toEqual({ fraction: 0.5, seed: 1 });
  });
});

describe('what is not understood is said where it stands, with what is allowed', () => {
  const rest = '\ny = column(2)';
  test.each([
    ['a misspelt setting', table('x = column(1)\ny = column(2)\nheadr = true'), 'headr', /no setting “headr”. Did you mean header\?/],
    ['an unknown setting', table('x = column(1)\ny = column(2)\nqqqqq = 1'), 'qqqqq', /A data set has x, y, test, header, delimiter and split/],
    ['clip as a setting', table('x = column(1)\ny = column(2)\nclip = true'), 'clip', /scale\(…, 0, 1, clip: true\)/],
    ['a setting twice', table('x = column(1)\ny = column(2)\nx = column(3)'), 'x', /set twice/],
    ['no inputs', table('y = column(2)'), 'd', /which columns of the table are inputs. Write x = columns/],
    ['no targets', table('x = column(2)'), 'd', /which column of the table is the target. Write y =/],
    ['a bare name', table('x = length' + rest), 'length', /no step “length”.*column\("length"\)/],
    ['a bare text', table('x = "length"' + rest), '"length"', /column\("length"\)/],
    ['a bare range', table('x = 1..4' + rest), '1..4', /columns\(1\.\.4\)/],
    ['a misspelt step', table('x = standardise(column(1))' + rest), 'standardise', /did you mean standardize/],
    ['an unknown step', table('x = fourier(column(1))' + rest), 'fourier', /there are pixels, labels, inputs, targets, columns, column, standardize, scale, onehot/],
    ['a step without brackets', table('x = columns' + rest), 'columns', /needs brackets: columns\(1\.\.4\)/],
    ['a leaf with brackets', table('x = pixels(1)' + rest), 'pixels', /without brackets/],
    ['a column by a bare name', table('x = column(length)' + rest), 'length', /quotation marks: column\("length"\)/],
    ['column 0', table('x = column(0)' + rest), '0', /whole number from 1 on/],
    ['half a column', table('x = columns(1..2.5)' + rest), '1..2.5', /whole numbers from 1 on/],
    ['no columns', table('x = columns()' + rest), 'columns()', /which columns/],
    ['two columns in one', table('x = column(1, 2)' + rest), 'column(1, 2)', /takes one column/],
    ['scale without a range', table('x = scale(columns(1..2))' + rest), 'scale(columns(1..2))', /two ends of its range/],
    ['scale to a name', table('x = scale(column(1), 0, top)' + rest), 'top', /ends of the range are numbers/],
    ['clip that is neither', table('x = scale(column(1), 0, 1, clip: 3)' + rest), 'clip: 3', /true .* or false/],
    ['an option of no step', table('x = standardize(column(1), mean: 0)' + rest), 'mean: 0', /standardize has no “mean”/],
    ['classes by a name', table('x = column(1)\ny = onehot(column(2), many)'), 'many', /a number, for labels 0, 1, 2/],
    ['empty brackets', table('x = []' + rest), '[]', /nothing in these brackets. Write columns\(1\.\.4\)/],
    ['header maybe', table('x = column(1)\ny = column(2)\nheader = maybe'), 'maybe', /true when the first row holds names/],
    ['a long delimiter', table('x = column(1)\ny = column(2)\ndelimiter = "::"'), '"::"', /one character in quotation marks/],
    ['a digit as delimiter', table('x = column(1)\ny = column(2)\ndelimiter = "1"'), '"1"', /one character in quotation marks/],
    ['a split into nothing', table('x = column(1)\ny = column(2)\nsplit 0 seed 1'), '0', /above 0 and at most 1/],
    ['a split of percents', table('x = column(1)\ny = column(2)\nsplit 80 seed 1'), '80', /above 0 and at most 1/],
    ['half a seed', table('x = column(1)\ny = column(2)\nsplit 0.8 seed 1.5'), '1.5', /whole number from 0 on/],
    ['a split and a test', table('x = column(1)\ny = column(2)\ntest = csv("b.csv")\nsplit 0.8 seed 1'), 'split 0.8 seed 1', /nothing to split/],
    ['a test of rows', table('x = column(1)\ny = column(2)\ntest = 0.2'), '0.2', /come from a file: test = csv/],
    ['an unknown source', 'data d = excel("a.xls") { x = column(1); y = column(2) }', 'excel', /csv\("table\.csv"\), from idx/],
    ['two tables', 'data d = csv("a", "b") { x = column(1); y = column(2) }', 'csv("a", "b")', /csv takes one file/],
    ['one IDX file', 'data d = idx("a") { }', 'idx("a")', /idx takes two files, images and labels/],
    ['a file without quotes', 'data d = csv(a) { x = column(1); y = column(2) }', 'a', /file name in quotation marks/],
    ['an option of a file', 'data d = csv("a", header: true) { x = column(1); y = column(2) }', 'header', /Write header = … in the block/],
    ['a delimiter of images', 'data d = idx("a", "b") { delimiter = ";" }', 'delimiter', /IDX files have none/],
  ])('%s', (_, text, marked, message) => {
    const found = problems(text);
    expect(found.map(([at]) => at)).toEqual([marked]);
    expect(found[0]?.[1]).toMatch(message);
  });

  it('several at once, in the order of the text', () => {
    expect(problems(table('x = length\ny = onehot(kind)\nfoo = 1')).map(([at]) => at)).toEqual(['length', 'kind', 'foo']);
  });
});

describe('problems of the data have their place in the statement', () => {
  const place = (text: string, files: ReadonlyMap<string, string> = new Map()): string => {
    const { recipe: made, spanOf } = understood(text);
    const built = buildDataSet(made, files);
    if (built.ok) throw new Error('It was built.');
    const span = spanOf(built.problems[0]!);
    return text.slice(span.start, span.end);
  };
  it('the source, the step, the cell, the name', () => {
    const x = 'x = column(1)\ny = onehot(column("b"))';
    expect(place(table(x))).toBe('csv("a.csv")');
    expect(place(table(x), new Map([['a.csv', 'a,c\n1,u\n2,v\n']]))).toBe('column("b")');
    expect(place(table(x), new Map([['a.csv', 'a,b\n1,u\n2,u\n']]))).toBe('onehot(column("b"))');
    expect(place('data t {\n  x[1] -> y[1]\n  0 -> 1\n  1 -> 0.5\n  y = onehot(targets)\n}')).toBe('0.5');
  });
});
