/** All diagnostics of the text (CRN1xx): one file each. */
import type { DiagnosticSpec } from '../catalog.ts';
import { unexpectedTextSpec } from './crn101-unexpected-text.ts';
import { unclosedBlockSpec } from './crn102-unclosed-block.ts';
import { missingArrowSpec } from './crn103-missing-arrow.ts';
import { missingRateSpec } from './crn104-missing-rate.ts';
import { strayCloserSpec } from './crn105-stray-closing-bracket.ts';
import { unclosedBracketSpec } from './crn106-unclosed-bracket.ts';
import { unterminatedStringSpec } from './crn107-unterminated-string.ts';
import { unterminatedCommentSpec } from './crn108-unterminated-comment.ts';
import { badNumberSpec } from './crn109-bad-number.ts';
import { unknownCharacterSpec } from './crn110-unknown-character.ts';
import { nameExpectedSpec } from './crn111-name-expected.ts';
import { missingValueSpec } from './crn112-missing-value.ts';
import { wrongArrowSpec } from './crn113-wrong-arrow.ts';
import { wrongEqualsSpec } from './crn114-wrong-equals.ts';
import { badCoefficientSpec } from './crn115-bad-coefficient.ts';
import { reservedWordSpec } from './crn116-reserved-word.ts';
import { foreignSyntaxSpec } from './crn117-foreign-syntax.ts';
import { lineTooLongSpec } from './crn118-line-too-long.ts';
import { nestedTooDeepSpec } from './crn119-nested-too-deep.ts';
import { binaryFileSpec } from './crn120-binary-file.ts';
import { strayBraceSpec } from './crn122-stray-opening-brace.ts';
import { oneStatementSpec } from './crn123-one-statement-a-line.ts';
import { rateCountSpec } from './crn124-rate-count.ts';
import { misspelledWordSpec } from './crn125-misspelled-word.ts';
import { emptySideSpec } from './crn126-empty-side.ts';
import { missingPrimeSpec } from './crn127-missing-prime.ts';
import { badUnitSpec } from './crn128-bad-unit.ts';
import { missingBlockSpec } from './crn129-missing-block.ts';
import { badCellSpec } from './crn130-bad-cell.ts';
import { cellCountSpec } from './crn131-cell-count.ts';
import { missingOnSpec } from './crn132-missing-on.ts';
import { missingSizeSpec } from './crn133-missing-size.ts';
import { noDataSpec } from './crn134-no-data.ts';
import { missingSeparatorSpec } from './crn135-missing-separator.ts';
import { signWithoutBracketsSpec } from './crn136-sign-without-brackets.ts';
import { tooManyMistakesSpec } from './crn137-too-many-mistakes.ts';
export { unexpectedText, unexpectedEnd } from './crn101-unexpected-text.ts';
export { unclosedBlock } from './crn102-unclosed-block.ts';
export { missingArrow, missingKeyword } from './crn103-missing-arrow.ts';
export { missingRate } from './crn104-missing-rate.ts';
export { strayCloser } from './crn105-stray-closing-bracket.ts';
export { unclosedBracket } from './crn106-unclosed-bracket.ts';
export { unterminatedString } from './crn107-unterminated-string.ts';
export { unterminatedComment } from './crn108-unterminated-comment.ts';
export { badNumber } from './crn109-bad-number.ts';
export { unknownCharacter } from './crn110-unknown-character.ts';
export { nameExpected } from './crn111-name-expected.ts';
export { missingValue } from './crn112-missing-value.ts';
export { wrongArrow } from './crn113-wrong-arrow.ts';
export { wrongEquals } from './crn114-wrong-equals.ts';
export { badCoefficient } from './crn115-bad-coefficient.ts';
export { reservedWord } from './crn116-reserved-word.ts';
export { foreignSyntax } from './crn117-foreign-syntax.ts';
export { lineTooLong } from './crn118-line-too-long.ts';
export { nestedTooDeep } from './crn119-nested-too-deep.ts';
export { binaryFile } from './crn120-binary-file.ts';
export { strayBrace } from './crn122-stray-opening-brace.ts';
export { needlessSemicolon, sameLine } from './crn123-one-statement-a-line.ts';
export { missingBackwardRate, needlessBackwardRate } from './crn124-rate-count.ts';
export { misspelledWord } from './crn125-misspelled-word.ts';
export { commaBetweenSettings, missingSeparator } from './crn135-missing-separator.ts';
export { signWithoutBrackets } from './crn136-sign-without-brackets.ts';
export { tooManyMistakes, tooManyMistakesSpec } from './crn137-too-many-mistakes.ts';
export { emptySide } from './crn126-empty-side.ts';
export { missingPrime } from './crn127-missing-prime.ts';
export { badUnit, missingUnit } from './crn128-bad-unit.ts';
export { missingBlock } from './crn129-missing-block.ts';
export { badCell, missingCell } from './crn130-bad-cell.ts';
export { cellCount, rowWithoutArrow } from './crn131-cell-count.ts';
export { missingOn } from './crn132-missing-on.ts';
export { missingSize } from './crn133-missing-size.ts';
export { noData, noTableHead, tableAndFile } from './crn134-no-data.ts';

export const grammarDiagnostics: readonly DiagnosticSpec[] = [
  unexpectedTextSpec,
  unclosedBlockSpec,
  missingArrowSpec,
  missingRateSpec,
  strayCloserSpec,
  unclosedBracketSpec,
  unterminatedStringSpec,
  unterminatedCommentSpec,
  badNumberSpec,
  unknownCharacterSpec,
  nameExpectedSpec,
  missingValueSpec,
  wrongArrowSpec,
  wrongEqualsSpec,
  badCoefficientSpec,
  reservedWordSpec,
  foreignSyntaxSpec,
  lineTooLongSpec,
  nestedTooDeepSpec,
  binaryFileSpec,
  strayBraceSpec,
  oneStatementSpec,
  rateCountSpec,
  misspelledWordSpec,
  emptySideSpec,
  missingPrimeSpec,
  badUnitSpec,
  missingBlockSpec,
  badCellSpec,
  cellCountSpec,
  missingOnSpec,
  missingSizeSpec,
  noDataSpec,
  missingSeparatorSpec,
  signWithoutBracketsSpec,
  tooManyMistakesSpec,
];
