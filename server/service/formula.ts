/** Closed forms as people write them, `x = (y + √(y² + 4h))/2`, as LaTeX. */

const POWERS: Readonly<Record<string, string>> = { '²': '^{2}', '³': '^{3}' };

/** Roots, quotients of brackets, powers and products; anything else stays as it is. */
export function formulaLatex(text: string): string {
  return text.split(', ').map((part) => part.split(' = ').map(side).join(' = ')).join(',\\quad ');
}

function side(text: string): string {
  const slash = topLevelSlash(text);
  if (slash >= 0) return `\\frac{${side(unbracketed(text.slice(0, slash)))}}{${side(unbracketed(text.slice(slash + 1)))}}`;
  let out = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '√') {
      const end = text[at + 1] === '(' ? closing(text, at + 1) : at + 1;
      out += `\\sqrt{${side(unbracketed(text.slice(at + 1, end + 1)))}}`;
      at = end;
    } else out += letter(text, at);
  }
  return out;
}

function letter(text: string, at: number): string {
  const sign = text[at] ?? '';
  if (text[at + 1] === '\u0304') return `\\bar{${sign}}`;
  if (sign === '\u0304') return '';
  if (sign === '^') return '^';
  return POWERS[sign] ?? ({ '−': '-', '·': '\\,', '*': '\\,', "'": "'", '′': "'" } as Readonly<Record<string, string>>)[sign] ?? sign;
}

/** The only quotient of a side, `(…)/2` or `y/(K + y)`; −1 where a sum stands around it. */
function topLevelSlash(text: string): number {
  let depth = 0;
  let found = -1;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (depth === 0 && text[at] === ' ') return -1;
    else if (depth === 0 && text[at] === '/') found = at;
  }
  return found;
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length - 1;
}

function unbracketed(text: string): string {
  return text.startsWith('(') && closing(text, 0) === text.length - 1 ? text.slice(1, -1) : text;
}
