/** The user's names as LaTeX: Greek letters as commands, trailing digits and what follows `_` as subscripts, words upright. */

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'varepsilon', ζ: 'zeta', η: 'eta', θ: 'theta', ι: 'iota', κ: 'kappa', λ: 'lambda', μ: 'mu', µ: 'mu', ν: 'nu',
  ξ: 'xi', π: 'pi', ρ: 'rho', σ: 'sigma', ς: 'varsigma', τ: 'tau', υ: 'upsilon', φ: 'varphi', χ: 'chi', ψ: 'psi', ω: 'omega', ϕ: 'phi', ϵ: 'epsilon', ϑ: 'vartheta',
  Γ: 'Gamma', Δ: 'Delta', Θ: 'Theta', Λ: 'Lambda', Ξ: 'Xi', Π: 'Pi', Σ: 'Sigma', Υ: 'Upsilon', Φ: 'Phi', Ψ: 'Psi', Ω: 'Omega',
};
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const SPECIAL = /[\\{}$&#%_^~]/g;

export interface LatexName {
  readonly base: string;
  /** Without braces; empty when there is none. */
  readonly subscript: string;
  /** True when the base is one letter, which a dot or an accent can stand over. */
  readonly single: boolean;
}

/** Splits a name into what stands on the line and what stands below it. */
export function latexName(name: string): LatexName {
  const plain = name.replace(/[₀-₉]/gu, (digit) => String(SUBSCRIPTS.indexOf(digit)));
  const match = /^(.+?)(?:_(.+)|(\d+))?$/u.exec(plain);
  const base = match?.[1] ?? plain;
  const below = match?.[2] ?? match?.[3] ?? '';
  return { base: word(base), subscript: below.split('_').map(word).join(','), single: [...base].length === 1 };
}

function word(text: string): string {
  const letters = text.match(/\P{M}\p{M}*/gu) ?? [];
  const [only] = letters;
  if (letters.length === 1 && only !== undefined) return command(only) ?? escape(only);
  if (/^\d*$/.test(text)) return text;
  if (letters.every((letter) => command(letter) === undefined)) return `\\mathrm{${escape(text)}}`;
  const parts: string[] = [];
  let run = '';
  for (const letter of [...letters, '']) {
    const special = letter === '' ? '' : command(letter);
    if (special === undefined) run += letter;
    else {
      parts.push(...(run === '' ? [] : [`\\mathrm{${escape(run)}}`]), ...(special === '' ? [] : [special]));
      run = '';
    }
  }
  return parts.join(' ');
}

/** A Greek letter, or a letter under a bar; undefined for what is written as it is. */
function command(letter: string): string | undefined {
  if (letter.endsWith('\u0304')) {
    const under = letter.slice(0, -1);
    return `\\bar{${command(under) ?? escape(under)}}`;
  }
  return GREEK[letter] === undefined ? undefined : `\\${GREEK[letter]}`;
}

function escape(text: string): string {
  return text.replace(SPECIAL, (sign) => (sign === '\\' ? '\\backslash ' : sign === '^' || sign === '~' ? `\\text{\\${sign}{}}` : `\\${sign}`));
}
