/**
 * The grammar of one statement, in Chevrotain. The text has been cut into statements before (`scan.ts`), so every rule an
 * entry of `statements.ts` calls reads all tokens of one statement or of one part of it, and nothing is recovered inside:
 * after an error the statement is read again in parts. One parser instance serves all statements. The file is long because
 * Chevrotain wants all rules of a grammar in one class; they stand in the order of language.md.
 */
import { t } from '../l10n/index.ts';
import { EmbeddedActionsParser, type IToken, type TokenType } from 'chevrotain';
import type {
  ActivationUse, ArrayLiteral, Binder, Call, Comparison, Complex, ComplexTerm, Condition, DeclarationItem, Expectation, Expression, ModuleConstant, ModuleParameter, Name,
  NamedArgument, OdeEquation, Rail, Rate, Reaction, Reference, Setting, Span, StringLiteral, SyntaxProblem, UnitExpression, UnitFactor,
} from './ast.ts';
import { fitted } from './append.ts';
import { badCoefficient, badUnit, nestedTooDeep, unexpectedText } from './diagnostics/index.ts';
import { combine, type Operand } from './expressions.ts';
import { messages } from './messages.ts';
import * as T from './tokens.ts';

type Entries = { readonly dimension: Name; readonly unit: UnitExpression };
export interface ModuleHead {
  readonly name: Name;
  readonly parameters: ModuleParameter[];
  readonly constants: ModuleConstant[];
}
export interface ActivationHead {
  readonly name: Name;
  readonly parameters: ModuleConstant[];
}
/** `x[2]`: a name with one size. */
export interface Sized {
  readonly name: Name;
  readonly size: Expression;
}
type Range = { readonly kind: 'range'; readonly from: Expression; readonly to: Expression } & Span;
export interface UseCall {
  readonly label?: Name;
  readonly module: Name;
  readonly arguments: Expression[];
  readonly constants: { readonly name: Name; readonly value: Expression }[];
}

export class StatementParser extends EmbeddedActionsParser {
  /** Added to token offsets: where the statement begins in its unit. */
  base = 0;
  /** What actions found; errors of the grammar itself are in `errors`. */
  problems: SyntaxProblem[] = [];
  /** What had been read when an error stopped a rule: terms of a complex, the name of an item. */
  partialTerms: ComplexTerm[] = [];
  partialName: Name | undefined;
  partialShape: Expression[] | undefined;
  partialUnit: UnitExpression | undefined;

  /** @param validate whether the grammar itself is looked at for faults: a test does, every start of a worker would take longer by it */
  constructor(validate = false) {
    super(T.tokenTypes as TokenType[], { recoveryEnabled: false, maxLookahead: 2, errorMessageProvider: messages, skipValidations: !validate });
    this.performSelfAnalysis();
  }

  private from(token: IToken): number {
    return token.startOffset + this.base;
  }
  private to(token: IToken): number {
    return token.startOffset + token.image.length + this.base;
  }
  /** End of the last token read. */
  private here(): number {
    return this.to(this.LA(0));
  }
  private nameOf(token: IToken): Name {
    return { start: this.from(token), end: this.to(token), text: token.image };
  }
  private spanOf(token: IToken): Span {
    return { start: this.from(token), end: this.to(token) };
  }
  private next(type: TokenType, ahead = 1): boolean {
    return this.LA(ahead).tokenType === type;
  }

  // ------------------------------------------------------------- expressions

  expression = this.RULE('expression', (): Expression => {
    const first = this.SUBRULE(this.operand);
    this.firstOperand = first;
    const row = this.OPTION(this.moreOperands);
    if (row !== undefined) return row;
    if (first.signs === undefined) return first.node;
    return this.ACTION(() => this.combined([first], []));
  });
  private firstOperand: Operand | undefined;
  private moreOperands = (): Expression => this.SUBRULE(this.row);

  /** The operators and operands behind the first one of an expression. */
  private row = this.RULE('row', (): Expression => {
    const operands: Operand[] = [this.firstOperand!];
    const operators: IToken[] = [];
    this.AT_LEAST_ONE(() => {
      operators.push(this.CONSUME(T.BinaryOperator));
      operands.push(this.SUBRULE(this.operand));
    });
    return this.ACTION(() => this.combined(operands, operators));
  });
  private combined(operands: readonly Operand[], operators: readonly IToken[]): Expression {
    return combine(operands, operators, this.base, (span) => this.problems.push(nestedTooDeep(span)));
  }

  private operand = this.RULE('operand', (): Operand => {
    this.signs = undefined;
    this.MANY(this.oneSign);
    const { signs } = this;
    return { signs, node: this.SUBRULE(this.atom) };
  });
  private signs: IToken[] | undefined;
  private signAlternatives = [{ ALT: () => this.CONSUME(T.Minus) }, { ALT: () => this.CONSUME(T.Plus) }];
  private oneSign = (): void => { (this.signs ??= []).push(this.OR(this.signAlternatives)); };

  private atom = this.RULE('atom', (): Expression => this.OR(this.atoms));
  private atoms: { ALT: () => Expression }[] = [
    {
      ALT: () => {
        const token = this.CONSUME(T.NumberText);
        return { kind: 'Number', start: this.from(token), end: this.to(token), value: Number.parseFloat(token.image), text: token.image };
      },
    },
    { ALT: () => this.SUBRULE(this.referenceOrCall) },
    {
      ALT: () => {
        const left = this.CONSUME(T.LeftParen);
        const inner = this.SUBRULE(this.expression);
        const right = this.CONSUME(T.RightParen);
        return { kind: 'Parenthesised', start: this.from(left), end: this.to(right), inner };
      },
    },
    { ALT: () => this.SUBRULE(this.list) },
    { ALT: () => this.SUBRULE(this.stringText) },
  ];

  private list = this.RULE('list', (): ArrayLiteral => {
    const left = this.CONSUME(T.LeftBracket);
    const elements: Expression[] = [];
    this.MANY_SEP({ SEP: T.Comma, DEF: () => elements.push(this.SUBRULE(this.expression)) });
    const right = this.CONSUME(T.RightBracket);
    return { kind: 'Array', start: this.from(left), end: this.to(right), elements };
  });

  private stringText = this.RULE('stringText', (): StringLiteral => {
    const token = this.CONSUME(T.StringText);
    return { kind: 'String', start: this.from(token), end: this.to(token), value: token.image.replace(/^"|"$/g, '') };
  });

  /** In an expression `X^e` is a power, unless nothing else than a rail can be meant. */
  private referenceOrCall = this.RULE('referenceOrCall', (): Expression => {
    const name = this.nameOf(this.CONSUME(T.Identifier));
    const rail = this.OPTION(this.railOfPower);
    this.hasRail = rail !== undefined;
    const brackets = this.OPTION2(this.brackets);
    const end = this.here();
    if (brackets === undefined || Array.isArray(brackets)) return this.referenceNode(name, end, rail, brackets);
    return { kind: 'Call', start: name.start, end, callee: name, arguments: brackets.positional, named: brackets.named };
  });
  private hasRail = false;
  private railOfPower = { GATE: (): boolean => this.railAhead(), DEF: (): Rail => this.SUBRULE(this.rail) };
  private bracketAlternatives: { GATE?: () => boolean; ALT: () => Expression[] | { positional: Expression[]; named: NamedArgument[] } }[] = [
    { ALT: () => this.SUBRULE(this.indices) },
    { GATE: () => !this.hasRail, ALT: () => this.SUBRULE(this.callArguments) },
  ];
  private brackets = (): Expression[] | { positional: Expression[]; named: NamedArgument[] } => this.OR(this.bracketAlternatives);

  private referenceNode(name: Name, end: number, rail: Rail | undefined, indices: Expression[] | undefined): Reference {
    // Most names stand alone, and hundreds of thousands of them may: spreading costs more than the rest of the node.
    if (rail === undefined && indices === undefined) return { kind: 'Reference', start: name.start, end, name };
    return {
      kind: 'Reference', start: name.start, end, name,
      ...(rail === undefined ? {} : { rail }),
      ...(indices === undefined ? {} : { indices }),
    };
  }

  /** `^+` and `^-` before anything that is no operand, and a superscript before `[`. */
  private railAhead(): boolean {
    if (!this.next(T.Caret)) return false;
    const sign = this.LA(2).tokenType;
    const after = this.LA(3).tokenType;
    if (sign === T.Plus || sign === T.Minus) {
      return !(after === T.NumberText || after === T.Identifier || after === T.LeftParen);
    }
    if (sign === T.Identifier) return after === T.LeftBracket;
    if (sign !== T.LeftParen) return false;
    let depth = 1;
    for (let ahead = 3; ; ahead++) {
      const type = this.LA(ahead).tokenType;
      if (type === T.LeftParen) depth++;
      else if (type === T.RightParen && --depth === 0) return this.next(T.LeftBracket, ahead + 1);
      else if (!(type === T.Identifier || type === T.Star || type === T.Minus || type === T.Plus || type === T.RightParen)) return false;
    }
  }

  private rail = this.RULE('rail', (): Rail => {
    const start = this.from(this.CONSUME(T.Caret));
    let sign: '+' | '-' | undefined;
    let expression: Expression | undefined;
    this.OR([
      { ALT: () => { this.CONSUME(T.Plus); sign = '+'; } },
      { ALT: () => { this.CONSUME(T.Minus); sign = '-'; } },
      {
        ALT: () => {
          const name = this.nameOf(this.CONSUME(T.Identifier));
          expression = { kind: 'Reference', start: name.start, end: name.end, name };
        },
      },
      {
        ALT: () => {
          const left = this.CONSUME(T.LeftParen);
          const inner = this.SUBRULE(this.expression);
          const right = this.CONSUME(T.RightParen);
          this.ACTION(() => {
            expression = { kind: 'Parenthesised', start: this.from(left), end: this.to(right), inner };
            if (!isSignExpression(inner)) {
              this.problems.push(unexpectedText(inner, undefined, t('A superscript in brackets is a product of signs such as `(r*s)` or `(-s)`.')));
            }
          });
        },
      },
    ]);
    const end = this.here();
    return { start, end, ...(sign === undefined ? {} : { sign }), ...(expression === undefined ? {} : { expression }) };
  });

  private indices = this.RULE('indices', (): Expression[] => {
    const indices: Expression[] = [];
    this.CONSUME(T.LeftBracket);
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => indices.push(this.SUBRULE(this.expression)) });
    this.CONSUME(T.RightBracket);
    return indices;
  });

  private callArguments = this.RULE('callArguments', () => {
    const positional: Expression[] = [];
    const named: NamedArgument[] = [];
    this.CONSUME(T.LeftParen);
    this.MANY_SEP({
      SEP: T.Comma,
      DEF: () => {
        this.OR([
          {
            GATE: () => this.next(T.Colon, 2),
            ALT: () => {
              const name = this.nameOf(this.CONSUME(T.Identifier));
              this.CONSUME(T.Colon);
              const value = this.SUBRULE(this.value);
              named.push({ start: name.start, end: this.here(), name, value });
            },
          },
          { ALT: () => positional.push(this.SUBRULE2(this.value)) },
        ]);
      },
    });
    this.CONSUME(T.RightParen);
    return { positional, named };
  });

  /** An expression or a range `1..4`: an argument, or the value of a setting. */
  private value = this.RULE('value', (): Expression => {
    const from = this.SUBRULE(this.expression);
    const to = this.OPTION(() => {
      this.CONSUME(T.DotDot);
      return this.SUBRULE2(this.expression);
    });
    return to === undefined ? from : { kind: 'Range', start: from.start, end: to.end, from, to };
  });

  // ------------------------------------------------------------- units of measure

  unitOfMeasure = this.RULE('unitOfMeasure', (): UnitExpression => {
    const factors: UnitFactor[] = [];
    const start = this.from(this.LA(1));
    this.SUBRULE(this.unitPower, { ARGS: [factors, 1] });
    this.MANY(() => {
      let sign = 1;
      this.OPTION(() =>
        this.OR([{ ALT: () => this.CONSUME(T.Star) }, { ALT: () => { this.CONSUME(T.Slash); sign = -1; } }]),
      );
      this.SUBRULE2(this.unitPower, { ARGS: [factors, sign] });
    });
    return { kind: 'Unit', start, end: this.here(), factors };
  });

  private unitPower = this.RULE('unitPower', (factors: UnitFactor[], sign: number) => {
    this.OR([
      {
        ALT: () => {
          const name = this.nameOf(this.CONSUME(T.Identifier));
          const exponent = this.OPTION(() => this.SUBRULE(this.exponent)) ?? 1;
          this.ACTION(() => factors.push({ start: name.start, end: this.here(), name, exponent: sign * exponent }));
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.LeftParen);
          const inner = this.SUBRULE(this.unitOfMeasure);
          this.CONSUME(T.RightParen);
          const exponent = this.OPTION2(() => this.SUBRULE2(this.exponent)) ?? 1;
          this.ACTION(() => {
            for (const factor of inner.factors) factors.push({ ...factor, exponent: factor.exponent * sign * exponent });
          });
        },
      },
      {
        ALT: () => {
          const one = this.CONSUME(T.NumberText);
          this.ACTION(() => {
            if (Number(one.image) !== 1) this.problems.push(badUnit(this.spanOf(one), one.image));
          });
        },
      },
    ]);
  });

  private exponent = this.RULE('exponent', (): number => {
    this.CONSUME(T.Caret);
    const value = this.OR([
      { ALT: () => this.SUBRULE(this.signedInteger) },
      {
        ALT: () => {
          this.CONSUME(T.LeftParen);
          const inner = this.SUBRULE2(this.signedInteger);
          this.CONSUME(T.RightParen);
          return inner;
        },
      },
    ]);
    return value;
  });
  private signedInteger = this.RULE('signedInteger', (): number => {
    let sign = 1;
    this.OPTION(() => this.OR([{ ALT: () => { this.CONSUME(T.Minus); sign = -1; } }, { ALT: () => this.CONSUME(T.Plus) }]));
    const token = this.CONSUME(T.NumberText);
    return this.ACTION(() => {
      const value = Number(token.image);
      if (!Number.isInteger(value) || Math.abs(value) > 99) {
        this.problems.push(badUnit(this.spanOf(token), token.image));
        return 1;
      }
      return sign * value;
    });
  });

  // ------------------------------------------------------------- reactions

  reaction = this.RULE('reaction', (): Reaction => {
    const left = this.SUBRULE(this.complex);
    const arrow = this.arrowNode(this.CONSUME(T.AnyArrow));
    const right = this.SUBRULE2(this.complex);
    const rate = this.OPTION(this.rateBehind);
    const end = this.here();
    return rate === undefined ? { kind: 'Reaction', start: left.start, end, left, arrow, right } : { kind: 'Reaction', start: left.start, end, left, arrow, right, rate };
  });
  private rateBehind = (): Rate => this.SUBRULE(this.rate);

  labelledReaction = this.RULE('labelledReaction', (): Reaction => {
    const label = this.nameOf(this.CONSUME(T.Identifier));
    this.CONSUME(T.Colon);
    return { ...this.SUBRULE(this.reaction), start: label.start, label };
  });

  arrowNode(arrow: IToken): Reaction['arrow'] {
    return { start: this.from(arrow), end: this.to(arrow), reversible: isReversible(arrow.image) };
  }

  rate = this.RULE('rate', (): Rate => {
    const sign = this.OR(this.rateSigns), start = this.from(sign);
    const forward = this.SUBRULE(this.expression);
    const backward = this.OPTION(this.backwardRate);
    const end = this.here();
    if (sign.tokenType !== T.At) return backward === undefined ? { kind: 'law', law: forward, start, end } : { kind: 'law', law: forward, start, end, backward };
    return backward === undefined ? { kind: 'constant', forward, start, end } : { kind: 'constant', forward, start, end, backward };
  });

  private rateSigns = [{ ALT: () => this.CONSUME(T.At) }, { ALT: () => this.CONSUME(T.keyword('rate')) }];
  private backwardRate = (): Expression => {
    this.CONSUME(T.Comma);
    return this.SUBRULE2(this.expression);
  };

  complex = this.RULE('complex', (): Complex => {
    const start = this.from(this.LA(1));
    this.partialTerms = [];
    this.SUBRULE(this.term);
    this.MANY(this.moreTerms);
    return { start, end: this.here(), terms: fitted(this.partialTerms) };
  });
  private moreTerms = (): void => {
    this.CONSUME(T.Plus);
    this.SUBRULE2(this.term);
  };

  /** Adds itself to the terms of its complex. */
  private term = this.RULE('term', () => { this.OR(this.terms); });
  private terms: { ALT: () => void }[] = [
    {
      ALT: () => {
        const species = this.SUBRULE(this.speciesReference);
        this.partialTerms.push({ start: species.start, end: species.end, coefficient: 1, species });
      },
    },
    { ALT: () => { this.numberedTerm(); } },
  ];
  /** A part of `term`, and no rule: its mistakes are those of a term. */
  private numberedTerm(): void {
    const minus = this.OPTION(() => this.CONSUME(T.Minus));
    const number = this.CONSUME(T.NumberText);
    const star = this.OPTION2(() => this.CONSUME(T.Star));
    const species = this.OPTION3(() => this.SUBRULE2(this.speciesReference));
    this.ACTION(() => this.addTerm(this.partialTerms, number, minus, star, species));
  }

  private addTerm(terms: ComplexTerm[], number: IToken, minus: IToken | undefined, star: IToken | undefined, species: Reference | undefined): void {
    const coefficientSpan = { start: this.from(minus ?? number), end: this.to(number) };
    const value = Number.parseFloat(number.image);
    if (species === undefined) {
      if (value === 0 && minus === undefined && terms.length === 0 && star === undefined && !this.next(T.Plus)) return;
      // Brackets behind it are reported by themselves.
      if (this.next(T.LeftParen)) return;
      this.problems.push(badCoefficient(coefficientSpan, { written: number.image, alone: true, first: terms.length === 0 }));
      return;
    }
    const good = Number.isInteger(value) && value > 0 && value <= 1e6 && minus === undefined && star === undefined;
    if (!good) {
      const end = star === undefined ? coefficientSpan.end : this.to(star);
      this.problems.push(
        badCoefficient({ start: coefficientSpan.start, end }, { written: (minus === undefined ? '' : '-') + number.image, alone: false, first: true, species: species.start }),
      );
    }
    const usable = Number.isInteger(value) && value > 0 && value <= 1e6;
    terms.push({ start: coefficientSpan.start, end: species.end, coefficient: usable ? value : 1, coefficientSpan, species });
  }

  /** In a complex every superscript is a rail. */
  private speciesReference = this.RULE('speciesReference', (): Reference => {
    const name = this.nameOf(this.CONSUME(T.Identifier));
    const rail = this.OPTION(this.railBehind), indices = this.OPTION2(this.indicesBehind);
    return this.referenceNode(name, this.here(), rail, indices);
  });
  private railBehind = (): Rail => this.SUBRULE(this.rail);
  private indicesBehind = (): Expression[] => this.SUBRULE(this.indices);

  // ------------------------------------------------------------- declarations

  units = this.RULE('units', (): Entries[] => {
    const entries: Entries[] = [];
    this.CONSUME(T.keyword('units'));
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => entries.push(this.SUBRULE(this.unitsEntry)) });
    return entries;
  });
  unitsEntry = this.RULE('unitsEntry', (): Entries => {
    const dimension = this.nameOf(this.CONSUME(T.Identifier));
    return { dimension, unit: this.SUBRULE(this.unitOfMeasure) };
  });

  declaration = this.RULE('declaration', (): DeclarationItem[] => {
    const items: DeclarationItem[] = [];
    this.OR([
      { ALT: () => this.CONSUME(T.keyword('param')) },
      { ALT: () => this.CONSUME(T.keyword('species')) },
      { ALT: () => this.CONSUME(T.keyword('fixed')) },
      { ALT: () => this.CONSUME(T.keyword('dual')) },
    ]);
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => items.push(this.SUBRULE(this.declarationItem)) });
    return items;
  });
  declarationItem = this.RULE('declarationItem', (): DeclarationItem => {
    const name = this.nameOf(this.CONSUME(T.Identifier));
    this.partialName = name;
    const shape = this.OPTION(() => this.SUBRULE(this.indices));
    this.partialShape = shape;
    const unit = this.OPTION2(() => {
      this.CONSUME(T.Colon);
      return this.SUBRULE(this.unitOfMeasure);
    });
    this.partialUnit = unit;
    const value = this.OPTION3(() => {
      this.CONSUME(T.Equals);
      return this.SUBRULE(this.expression);
    });
    return {
      start: name.start, end: this.here(), name,
      ...(shape === undefined ? {} : { shape }),
      ...(unit === undefined ? {} : { unit }),
      ...(value === undefined ? {} : { value }),
    };
  });

  // ------------------------------------------------------------- equations, families, modules

  odeStatement = this.RULE('odeStatement', (): OdeEquation => {
    this.CONSUME(T.keyword('ode'));
    return this.SUBRULE(this.equation);
  });
  equation = this.RULE('equation', (): OdeEquation => {
    const species = this.SUBRULE(this.speciesReference);
    this.CONSUME(T.Prime);
    this.CONSUME(T.Equals);
    const right = this.SUBRULE(this.expression);
    return { start: species.start, end: this.here(), species, right };
  });

  forHead = this.RULE('forHead', (): Binder[] => {
    const binders: Binder[] = [];
    this.CONSUME(T.keyword('for'));
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => binders.push(this.SUBRULE(this.binder)) });
    return binders;
  });
  binder = this.RULE('binder', (): Binder => {
    const name = this.nameOf(this.CONSUME(T.Identifier));
    this.partialName = name;
    this.CONSUME(T.keyword('in'));
    const range = this.OR([
      {
        ALT: (): Binder['range'] => {
          const signs = this.CONSUME(T.keyword('signs'));
          return { kind: 'signs', start: this.from(signs), end: this.to(signs) };
        },
      },
      {
        ALT: (): Binder['range'] => {
          const from = this.SUBRULE(this.expression);
          this.CONSUME(T.DotDot);
          const to = this.SUBRULE2(this.expression);
          return { kind: 'range', start: from.start, end: to.end, from, to };
        },
      },
    ]);
    return { start: name.start, end: this.here(), name, range };
  });

  moduleHead = this.RULE('moduleHead', (): ModuleHead => {
    this.CONSUME(T.keyword('module'));
    const name = this.nameOf(this.CONSUME(T.Identifier));
    this.partialName = name;
    const parameters: ModuleParameter[] = [];
    const constants: ModuleConstant[] = [];
    this.CONSUME(T.LeftParen);
    this.MANY_SEP({ SEP: T.Comma, DEF: () => parameters.push(this.SUBRULE(this.moduleParameter)) });
    this.OPTION(() => {
      this.CONSUME(T.Semicolon);
      this.MANY_SEP2({ SEP: T.Comma, DEF: () => constants.push(this.SUBRULE(this.moduleConstant)) });
    });
    this.CONSUME(T.RightParen);
    return { name, parameters, constants };
  });
  moduleParameter = this.RULE('moduleParameter', (): ModuleParameter => {
    const name = this.nameOf(this.CONSUME(T.Identifier));
    const shape = this.OPTION(() => this.SUBRULE(this.indices));
    const type = this.OPTION2(() => {
      this.CONSUME(T.Colon);
      const token = this.OR([
        { ALT: () => this.CONSUME(T.keyword('species')) },
        { ALT: () => this.CONSUME(T.keyword('fixed')) },
        { ALT: () => this.CONSUME(T.keyword('dual')) },
        { ALT: () => this.CONSUME(T.keyword('param')) },
      ]);
      return this.ACTION(() => this.nameOf(token));
    });
    return {
      start: name.start, end: this.here(), name,
      ...(shape === undefined ? {} : { shape }),
      ...(type === undefined ? {} : { type }),
    };
  });
  moduleConstant = this.RULE('moduleConstant', (): ModuleConstant => {
    const name = this.nameOf(this.CONSUME(T.Identifier));
    const unit = this.OPTION(() => {
      this.CONSUME(T.Colon);
      return this.SUBRULE(this.unitOfMeasure);
    });
    const value = this.OPTION2(() => {
      this.CONSUME(T.Equals);
      return this.SUBRULE(this.expression);
    });
    return {
      start: name.start, end: this.here(), name,
      ...(unit === undefined ? {} : { unit }),
      ...(value === undefined ? {} : { value }),
    };
  });

  use = this.RULE('use', (): UseCall => {
    let label: Name | undefined;
    this.OPTION(() => {
      label = this.nameOf(this.CONSUME(T.Identifier));
      this.CONSUME(T.Colon);
    });
    this.CONSUME(T.keyword('use'));
    const module = this.nameOf(this.CONSUME2(T.Identifier));
    this.partialName = module;
    const positional: Expression[] = [];
    const constants: UseCall['constants'] = [];
    this.CONSUME(T.LeftParen);
    this.MANY_SEP({ SEP: T.Comma, DEF: () => positional.push(this.SUBRULE(this.argument)) });
    this.OPTION2(() => {
      this.CONSUME(T.Semicolon);
      this.MANY_SEP2({ SEP: T.Comma, DEF: () => constants.push(this.SUBRULE(this.namedConstant)) });
    });
    this.CONSUME(T.RightParen);
    return { ...(label === undefined ? {} : { label }), module, arguments: positional, constants };
  });
  argument = this.RULE('argument', (): Expression => this.SUBRULE(this.expression));
  namedConstant = this.RULE('namedConstant', () => {
    const name = this.nameOf(this.CONSUME(T.Identifier));
    this.CONSUME(T.Equals);
    return { name, value: this.SUBRULE(this.expression) };
  });

  groupHead = this.RULE('groupHead', (): Name => {
    this.CONSUME(T.keyword('group'));
    return this.nameOf(this.CONSUME(T.Identifier));
  });
  importStatement = this.RULE('importStatement', (): StringLiteral => {
    this.CONSUME(T.keyword('import'));
    return this.SUBRULE(this.stringText);
  });

  // ------------------------------------------------------------- neurons, networks, data

  activationHead = this.RULE('activationHead', (): ActivationHead => {
    this.CONSUME(T.keyword('activation'));
    const name = this.nameOf(this.CONSUME(T.Identifier));
    this.partialName = name;
    const parameters: ModuleConstant[] = [];
    this.OPTION(() => {
      this.CONSUME(T.LeftParen);
      this.MANY_SEP({ SEP: T.Comma, DEF: () => parameters.push(this.SUBRULE(this.moduleConstant)) });
      this.CONSUME(T.RightParen);
    });
    return { name, parameters };
  });
  /** A line of an activation that is no equation: `x + x̄ = 1`, and `output = x - x̄`. */
  total = this.RULE('total', () => {
    const left = this.SUBRULE(this.expression);
    this.CONSUME(T.Equals);
    const right = this.SUBRULE2(this.expression);
    return { start: left.start, end: right.end, left, right };
  });

  neuron = this.RULE('neuron', () => {
    this.CONSUME(T.keyword('neuron'));
    const name = this.nameOf(this.CONSUME(T.Identifier));
    this.partialName = name;
    this.CONSUME(T.Equals);
    const activation = this.nameOf(this.CONSUME2(T.Identifier));
    const constants: ActivationUse['constants'][number][] = [];
    this.CONSUME(T.LeftParen);
    const input = this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(T.Semicolon);
      this.MANY_SEP({ SEP: T.Comma, DEF: () => constants.push(this.SUBRULE(this.namedConstant)) });
    });
    this.CONSUME(T.RightParen);
    return { name, activation, input, constants };
  });

  sized = this.RULE('sized', (): Sized => {
    const name = this.nameOf(this.CONSUME(T.Identifier));
    this.partialName = name;
    this.CONSUME(T.LeftBracket);
    const size = this.SUBRULE(this.expression);
    this.CONSUME(T.RightBracket);
    return { name, size };
  });
  /** `hidden[4] = smooth_relu(h = 0.1)` */
  layer = this.RULE('layer', (): Sized & { readonly activation: ActivationUse } => {
    const { name, size } = this.SUBRULE(this.sized);
    this.CONSUME(T.Equals);
    const activation = this.SUBRULE(this.activationUse);
    return { name, size, activation };
  });
  private activationUse = this.RULE('activationUse', (): ActivationUse => {
    const name = this.nameOf(this.CONSUME(T.Identifier));
    const constants: ActivationUse['constants'][number][] = [];
    this.OPTION(() => {
      this.CONSUME(T.LeftParen);
      this.MANY_SEP({ SEP: T.Comma, DEF: () => constants.push(this.SUBRULE(this.namedConstant)) });
      this.CONSUME(T.RightParen);
    });
    return { start: name.start, end: this.here(), name, constants };
  });

  /** `x[2] -> y[1]` */
  tableHead = this.RULE('tableHead', () => {
    const start = this.from(this.LA(1));
    const inputs = this.SUBRULE(this.sized);
    this.CONSUME(T.AnyArrow);
    const targets = this.SUBRULE2(this.sized);
    return { start, end: this.here(), inputs: inputs.name, inputSize: inputs.size, targets: targets.name, targetSize: targets.size };
  });
  /** `data iris = csv("iris.csv")` */
  dataHead = this.RULE('dataHead', (): { readonly name: Name; readonly source?: Call } => {
    this.CONSUME(T.keyword('data'));
    const name = this.nameOf(this.CONSUME(T.Identifier));
    this.partialName = name;
    const source = this.OPTION((): Call => {
      this.CONSUME(T.Equals);
      const callee = this.nameOf(this.CONSUME2(T.Identifier));
      const { positional, named } = this.SUBRULE(this.callArguments);
      return { kind: 'Call', start: callee.start, end: this.here(), callee, arguments: positional, named };
    });
    return { name, ...(source === undefined ? {} : { source }) };
  });

  // ------------------------------------------------------------- experiments

  /** What a sweep goes through, the steps left out: `0..0.3`, `[0.05, 0.1]`. */
  sweepRange = this.RULE('sweepRange', (): Range | ArrayLiteral => this.OR([
    { ALT: (): Range | ArrayLiteral => this.SUBRULE(this.list), IGNORE_AMBIGUITIES: true },
    {
      ALT: (): Range | ArrayLiteral => {
        const from = this.SUBRULE(this.expression);
        this.CONSUME(T.DotDot);
        const to = this.SUBRULE2(this.expression);
        return { kind: 'range', start: from.start, end: to.end, from, to };
      },
    },
  ]));
  /** `network xor`, `noise jitter`, `sweep robust` */
  namedHead = this.RULE('namedHead', (): Name => {
    this.OR([
      { ALT: () => this.CONSUME(T.keyword('network')) },
      { ALT: () => this.CONSUME(T.keyword('noise')) },
      { ALT: () => this.CONSUME(T.keyword('sweep')) },
    ]);
    return this.nameOf(this.CONSUME(T.Identifier));
  });

  simulateHead = this.RULE('simulateHead', (): Name | undefined => {
    this.CONSUME(T.keyword('simulate'));
    return this.OPTION(() => this.nameOf(this.CONSUME(T.Identifier)));
  });
  /** A reserved word may be a key here: `prepare.ts` has made it an identifier. */
  setting = this.RULE('setting', (): Setting => {
    const key = this.nameOf(this.CONSUME(T.Identifier));
    this.partialName = key;
    this.CONSUME(T.Equals);
    const values: Expression[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => values.push(this.SUBRULE(this.value)) });
    return { start: key.start, end: this.here(), key, values };
  });
  /** The same in `simulate`, where `until` may be a condition. */
  simulateSetting = this.RULE('simulateSetting', (): Setting => {
    const key = this.nameOf(this.CONSUME(T.Identifier));
    this.partialName = key;
    this.CONSUME(T.Equals);
    const first = this.SUBRULE(this.value);
    const condition = this.OPTION({
      GATE: () => key.text === 'until',
      DEF: (): Condition => {
        const operator = this.CONSUME(T.ComparisonOperator).image as Comparison;
        const right = this.SUBRULE(this.expression);
        return { start: first.start, end: this.here(), left: first, operator, right };
      },
    });
    const values = condition === undefined ? [first] : [];
    this.MANY({
      GATE: () => condition === undefined,
      DEF: () => {
        this.CONSUME(T.Comma);
        values.push(this.SUBRULE2(this.value));
      },
    });
    return { start: key.start, end: this.here(), key, values, ...(condition === undefined ? {} : { condition }) };
  });

  expect = this.RULE('expect', (): { expectation: Expectation; experiment?: Name } => {
    this.CONSUME(T.keyword('expect'));
    const expectation = this.OR([
      {
        ALT: (): Expectation => {
          this.CONSUME(T.keyword('ode'));
          const { species, right } = this.SUBRULE(this.equation);
          return { kind: 'ode', species, right };
        },
      },
      {
        GATE: () => this.LA(1).image === 'conserved' && startsOperand(this.LA(2)),
        ALT: (): Expectation => {
          this.CONSUME(T.Identifier);
          return { kind: 'conserved', quantity: this.SUBRULE(this.expression) };
        },
      },
      { ALT: (): Expectation => this.SUBRULE(this.relation) },
    ]);
    let experiment: Name | undefined;
    this.OPTION(() => {
      this.CONSUME(T.keyword('in'));
      experiment = this.nameOf(this.CONSUME2(T.Identifier));
    });
    return { expectation, ...(experiment === undefined ? {} : { experiment }) };
  });

  private relation = this.RULE('relation', (): Expectation => {
    const left = this.SUBRULE(this.expression);
    return this.OR([
      {
        ALT: (): Expectation => {
          this.CONSUME(T.Tilde);
          const right = this.SUBRULE2(this.expression);
          let relative = false;
          const within = this.OPTION(() => {
            this.CONSUME(T.keyword('within'));
            const tolerance = this.SUBRULE3(this.expression);
            this.OPTION2(() => { this.CONSUME(T.Percent); relative = true; });
            return tolerance;
          });
          return { kind: 'near', left, right, ...(within === undefined ? {} : { within }), relative };
        },
      },
      {
        ALT: (): Expectation => {
          const operator = this.CONSUME(T.ComparisonOperator).image as Comparison;
          return { kind: 'compare', left, operator, right: this.SUBRULE4(this.expression) };
        },
      },
    ]);
  });
}

/** `r`, `-s`, `r*s`: all that a superscript in brackets may be. */
function isSignExpression(expression: Expression): boolean {
  switch (expression.kind) {
    case 'Reference':
      return expression.indices === undefined && expression.rail === undefined;
    case 'Unary':
      return isSignExpression(expression.operand);
    case 'Parenthesised':
      return isSignExpression(expression.inner);
    case 'Binary':
      return expression.operator === '*' && isSignExpression(expression.left) && isSignExpression(expression.right);
    default:
      return false;
  }
}

export function isReversible(image: string): boolean {
  return image.startsWith('<') || /[\u21c4\u21cb\u21cc\u2194\u27f7\u21d4\u21c6]/.test(image);
}

function startsOperand(token: IToken): boolean {
  const type = token.tokenType;
  return type === T.Identifier || type === T.NumberText || type === T.LeftParen || type === T.Minus;
}

let made: StatementParser | undefined;

/** The parser of all texts. It is made when something is first read: a program that only hands texts on to another thread never pays for it. */
export function parser(): StatementParser {
  return (made ??= new StatementParser());
}
