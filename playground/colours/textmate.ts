/**
 * Runs the TextMate grammar of `syntaxes/` in the browser, so that there is one grammar and not a second one to keep in step. VS
 * Code runs it with Oniguruma (460 kB of WebAssembly); ours keeps to what JavaScript's own expressions can do, and uses of TextMate's
 * rules only match, begin and end, captures and includes. A test compares the two engines on every sample.
 */

/** A rule as the grammar's file writes it. */
export interface GrammarRule {
  readonly name?: string;
  readonly include?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly GrammarRule[];
}
type Captures = Readonly<Record<string, { readonly name: string }>>;
export interface Grammar {
  readonly scopeName: string;
  readonly patterns: readonly GrammarRule[];
  readonly repository: Readonly<Record<string, GrammarRule>>;
}

/** From `start` on the text has this scope, the innermost one: `keyword.control.crn`. */
export interface ScopedToken {
  readonly start: number;
  readonly scope: string;
}

/** The open `begin` rules, innermost first. */
export interface Stack {
  readonly rule: Nested;
  readonly parent: Stack | undefined;
  readonly depth: number;
}

interface Matching {
  readonly kind: 'match';
  readonly expression: RegExp;
  readonly scope: string | undefined;
  readonly captures: readonly (readonly [group: number, scope: string])[];
}
interface Nested {
  readonly kind: 'nested';
  readonly expression: RegExp;
  readonly end: RegExp;
  readonly scope: string | undefined;
  readonly captures: Matching['captures'];
  readonly endCaptures: Matching['captures'];
  readonly patterns: readonly GrammarRule[];
}
type Rule = Matching | Nested;

export class Tokenizer {
  readonly #grammar: Grammar;
  readonly #compiled = new Map<GrammarRule, Rule>();
  readonly #flat = new Map<readonly GrammarRule[], readonly Rule[]>();

  /** @throws SyntaxError when the grammar holds an expression that JavaScript cannot read. */
  constructor(grammar: Grammar) {
    this.#grammar = grammar;
  }

  /** The tokens of a line without its end, and the rules that stay open behind it. The tokens cover the line without gaps. */
  line(text: string, open: Stack | undefined): { readonly tokens: readonly ScopedToken[]; readonly open: Stack | undefined } {
    const scopes: string[] = [];
    /** The next match of each expression: a search from further on finds it as well, until it has been passed. */
    const found = new Map<RegExp, RegExpExecArray | null>();
    const search = (expression: RegExp, from: number): RegExpExecArray | null => {
      const known = found.get(expression);
      if (known === null || (known !== undefined && known.index >= from)) return known;
      expression.lastIndex = from;
      const match = expression.exec(text);
      found.set(expression, match);
      return match;
    };
    const paint = (from: number, to: number, scope: string): void => {
      for (let at = from; at < to; at++) scopes[at] = scope;
    };
    const paintMatch = (match: RegExpExecArray, scope: string, captures: Matching['captures']): void => {
      paint(match.index, match.index + match[0].length, scope);
      for (const [group, name] of captures) {
        const span = match.indices?.[group];
        if (span !== undefined) paint(span[0], span[1], name);
      }
    };

    let at = 0;
    /** Steps that moved nothing on: two empty matches that open and close each other must not go on for ever. */
    let idle = 0;
    while (at <= text.length && idle < 50) {
      const around = this.#scopeOf(open);
      let best: { match: RegExpExecArray; rule: Rule | undefined } | undefined;
      const ending = open === undefined ? null : search(open.rule.end, at);
      if (ending !== null) best = { match: ending, rule: undefined };
      for (const rule of this.#rules(open?.rule.patterns ?? this.#grammar.patterns)) {
        if (best?.match.index === at) break;
        const match = search(rule.expression, at);
        if (match !== null && (best === undefined || match.index < best.match.index)) best = { match, rule };
      }
      if (best === undefined) break;
      const { match, rule } = best;
      const end = match.index + match[0].length;
      paint(at, match.index, around);
      idle = end > at ? 0 : idle + 1;
      if (rule === undefined) {
        if (open !== undefined) paintMatch(match, around, open.rule.endCaptures);
        open = open?.parent;
      } else {
        paintMatch(match, rule.scope ?? around, rule.captures);
        if (rule.kind === 'nested') open = { rule, parent: open, depth: (open?.depth ?? 0) + 1 };
        // An empty match that opens nothing says nothing: look on behind the next character.
        else if (end === at) {
          paint(at, at + 1, around);
          at++;
          continue;
        }
      }
      at = end;
    }
    paint(at, text.length, this.#scopeOf(open));
    const tokens: ScopedToken[] = [];
    for (let start = 0; start < text.length; start++) if (start === 0 || scopes[start] !== scopes[start - 1]) tokens.push({ start, scope: scopes[start]! });
    return { tokens, open };
  }

  #scopeOf(stack: Stack | undefined): string {
    for (let frame = stack; frame !== undefined; frame = frame.parent) if (frame.rule.scope !== undefined) return frame.rule.scope;
    return this.#grammar.scopeName;
  }

  /** The rules of a list with its includes in their places. */
  #rules(patterns: readonly GrammarRule[]): readonly Rule[] {
    const known = this.#flat.get(patterns);
    if (known !== undefined) return known;
    const rules: Rule[] = [];
    const visit = (list: readonly GrammarRule[], within: ReadonlySet<string>): void => {
      for (const raw of list) {
        if (raw.match !== undefined || raw.begin !== undefined) {
          rules.push(this.#compile(raw));
        } else if (raw.include !== undefined) {
          const name = raw.include.replace('#', '');
          const target = this.#grammar.repository[name];
          if (target !== undefined && !within.has(name)) visit(target.match === undefined && target.begin === undefined ? (target.patterns ?? []) : [target], new Set([...within, name]));
        } else {
          visit(raw.patterns ?? [], within);
        }
      }
    };
    visit(patterns, new Set());
    this.#flat.set(patterns, rules);
    return rules;
  }

  #compile(raw: GrammarRule): Rule {
    const known = this.#compiled.get(raw);
    if (known !== undefined) return known;
    const captures = (given: Captures | undefined): Matching['captures'] => Object.entries(given ?? {}).map(([group, { name }]) => [Number(group), name] as const);
    const expression = (source: string): RegExp => new RegExp(source, 'dgu');
    const rule: Rule = raw.begin === undefined
      ? { kind: 'match', expression: expression(raw.match!), scope: raw.name, captures: captures(raw.captures) }
      : {
        kind: 'nested', expression: expression(raw.begin), end: expression(raw.end!), scope: raw.name, patterns: raw.patterns ?? [],
        captures: captures(raw.beginCaptures ?? raw.captures), endCaptures: captures(raw.endCaptures ?? raw.captures),
      };
    this.#compiled.set(raw, rule);
    return rule;
  }
}

/** Whether the same rules are open: what follows is then coloured the same. */
export function sameStack(one: Stack | undefined, other: Stack | undefined): boolean {
  for (; one !== other; one = one.parent, other = other.parent) {
    if (one === undefined || other === undefined || one.depth !== other.depth || one.rule !== other.rule) return false;
  }
  return true;
}
