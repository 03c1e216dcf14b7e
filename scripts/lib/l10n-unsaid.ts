/**
 * Texts that a user would read in English whatever the language: literals that look like words for a reader and do not go through `t` or
 * `counted`. A syntactic check: it knows where the lab and the server put what is read (attributes such as `title`, children of elements),
 * and what prose looks like; what the code compares with (literal types, cases) is no prose.
 */
import ts from 'typescript';
import { SPEAKING } from './l10n.ts';

/** Properties and attributes whose value is read by a user. */
const READ: ReadonlySet<string> = new Set([
  'title', 'aria-label', 'aria-roledescription', 'aria-valuetext', 'placeholder', 'alt', 'label', 'text', 'explanation', 'hint', 'note', 'heading', 'message', 'detail', 'xLabel', 'yLabel',
]);
/** Attributes that look like words and are not. */
const NOT_READ: ReadonlySet<string> = new Set(['class', 'id', 'd', 'transform', 'font', 'font-family', 'viewBox', 'className', 'snippet']);
/** Functions whose words go to a log, which is in English whatever the language. */
const LOGS = /(^|\.)console\.(error|warn|info)$|^(quietly|onDocument|answer)$/;
/** Markup, styles, formulas. */
const NO_PROSE = /^(<|M\{|rgba?\(|(bold |\d+px )|[^A-Za-z]*\\)/;
const TWO_WORDS = /[\p{L}’'`)}][,;:.]? [\p{L}(`{]/u, SENTENCE = /^[A-Z][a-z]{2,}/, LETTERS = /[A-Za-z]{2}/;

/** Words of the code: literal types, cases and what is compared with. */
export function codeWords(sources: ReadonlyMap<string, ts.SourceFile>): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      const { parent } = node;
      if (ts.isLiteralTypeNode(parent) || ts.isCaseClause(parent) || isComparison(parent)) words.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  for (const source of sources.values()) visit(source);
  return words;
}

function isComparison(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken, ts.SyntaxKind.InKeyword].includes(node.operatorToken.kind);
}

/** What stands in a literal, with a placeholder for what is put in. */
export function wordsOf(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  return ts.isTemplateExpression(node) ? node.head.text + node.templateSpans.map((span, k) => `{${k}}${span.literal.text}`).join('') : node.text;
}

/** The place that a literal's value goes to: out of conditions, templates and `??`. */
function outermost(node: ts.Node): ts.Node {
  let at = node;
  for (;;) {
    const { parent } = at;
    const passes = ts.isParenthesizedExpression(parent) || (ts.isConditionalExpression(parent) && parent.condition !== at) || ts.isTemplateSpan(parent) || ts.isTemplateExpression(parent)
      || (ts.isBinaryExpression(parent) && [ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.PlusToken].includes(parent.operatorToken.kind));
    if (!passes) return at;
    at = parent;
  }
}

/** The property that a value is given to. */
function nameAt(node: ts.Node): string | undefined {
  const { parent } = node;
  if ((ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) && parent.initializer === node && (ts.isIdentifier(parent.name) || ts.isStringLiteral(parent.name))) return parent.name.text;
  return ts.isBinaryExpression(parent) && parent.right === node && ts.isPropertyAccessExpression(parent.left) ? parent.left.name.text : undefined;
}

function isRead(node: ts.Node): boolean {
  const at = outermost(node), { parent } = at;
  if (READ.has(nameAt(at) ?? '')) return true;
  if (!ts.isCallExpression(parent)) return false;
  const called = parent.expression.getText(), place = parent.arguments.indexOf(at as ts.Expression);
  return (called === 'h' && place >= 2) || (called === 'setText' && place === 1) || (called.endsWith('setAttribute') && parent.arguments[place - 1] !== undefined && READ.has(parent.arguments[place - 1]!.getText().slice(1, -1)));
}

function isLogged(node: ts.Node): boolean {
  const { parent } = outermost(node);
  return ts.isCallExpression(parent) && LOGS.test(parent.expression.getText());
}

function isSkipped(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent) || ts.isCaseClause(parent) || isComparison(parent)
    || NOT_READ.has(nameAt(outermost(node)) ?? '') || isLogged(node) || ts.isElementAccessExpression(parent) || (ts.isPropertyAssignment(parent) && parent.name === node) || ts.isPropertySignature(parent) || ts.isExternalModuleReference(parent)
    || (ts.isCallExpression(parent) && SPEAKING.get(parent.expression.getText())?.includes(parent.arguments.indexOf(node as ts.Expression)) === true);
}

export interface Unsaid {
  readonly node: ts.StringLiteralLike | ts.TemplateExpression;
  readonly line: number;
  readonly words: string;
}

export function unsaidIn(file: ts.SourceFile, code: ReadonlySet<string>): readonly Unsaid[] {
  const found: Unsaid[] = [];
  const visit = (node: ts.Node): void => {
    // The manual is in English.
    if (ts.isVariableDeclaration(node) && node.type?.getText() === 'DiagnosticSpec') return;
    if ((ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && !isSkipped(node)) {
      const words = wordsOf(node), plain = words.replace(/\{\d+\}/g, '');
      const looks = isRead(node) ? LETTERS.test(plain) : (TWO_WORDS.test(words) && LETTERS.test(plain) || SENTENCE.test(words)) && !code.has(words);
      // What spans lines is a model's text.
      if (looks && !NO_PROSE.test(words) && !words.includes('\n')) found.push({ node, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, words });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
