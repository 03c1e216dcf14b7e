import { afterEach, describe, expect, test } from 'vitest';
import { counted, isLanguage, language, speak, t } from '../index.ts';

afterEach(() => speak(undefined));

describe('a text', () => {
  test('is English as it stands, and its placeholders are filled', () => {
    expect(t('Nothing.')).toBe('Nothing.');
    expect(t('{1} of {0}; {1}', 'a', 2)).toBe('2 of a; 2');
    expect(language()).toBe('en');
  });

  test('is taken from the bundle, in the order of the other language', () => {
    speak({ tag: 'de', texts: { 'Ran to {0} in {1}.': 'In {1} bis {0} gelaufen.' } });
    expect(t('Ran to {0} in {1}.', 't = 5', '3 ms')).toBe('In 3 ms bis t = 5 gelaufen.');
    expect(t('Not in it: {0}.', 1)).toBe('Not in it: 1.');
    expect(language()).toBe('de');
  });

  test('takes values as they are, and leaves what is no placeholder', () => {
    expect(t('{0} and {1}', '{1}', '$&')).toBe('{1} and $&');
    expect(t('sum over {j} of {0}', 'x')).toBe('sum over {j} of x');
    expect(t('{0} {1}', 'x')).toBe('x {1}');
    // Names of the language may be those that every object has.
    expect(t('constructor')).toBe('constructor');
  });
});

describe('a count', () => {
  test('is one or many, with its thousands set apart', () => {
    expect(counted(1, '1 step', '{0} steps')).toBe('1 step');
    expect(counted(0, '1 step', '{0} steps')).toBe('0 steps');
    expect(counted(12_345, '1 step', '{0} steps')).toBe('12,345 steps');
    expect(counted(2, 'One run to {1}.', 'The mean of {0} runs to {1}.', 'two', 't = 3')).toBe('The mean of two runs to t = 3.');
  });

  test('has the forms that its language has', () => {
    speak({ tag: 'pl', texts: { '1 step': '1 krok', '{0} steps': '{0} kroku', '{0} steps/few': '{0} kroki', '{0} steps/many': '{0} kroków' } });
    expect([1, 2, 5, 22, 112].map((n) => counted(n, '1 step', '{0} steps'))).toEqual(['1 krok', '2 kroki', '5 kroków', '22 kroki', '112 kroków']);
    speak({ tag: 'x', texts: { '1 step': 'x', '{0} steps': '{0} y' } });
    expect(counted(3, '1 step', '{0} steps')).toBe('3 y');
  });
});

test('a language from outside is one with texts', () => {
  expect(isLanguage({ tag: 'pt-br', texts: { a: 'b' } })).toBe(true);
  for (const no of [undefined, null, 'de', {}, { tag: 'de' }, { tag: 'de', texts: null }, { tag: 'de', texts: ['a'] }, { tag: 'de', texts: { a: 1 } }, { tag: 'de"><b', texts: {} }, { tag: '', texts: {} }]) {
    expect(isLanguage(no), JSON.stringify(no)).toBe(false);
  }
});
