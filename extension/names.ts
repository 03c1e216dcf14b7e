/** Names the manifest and the code share. Knows no VS Code, so that the test of the manifest can read it. */

/** The language, and the schemes of the read-only documents made from one. */
export const language = 'crn';
export const odesScheme = 'onepot-odes';
export const reactionsScheme = 'onepot-reactions';
/** The lab's view type; the serializer answers to it after a reload. */
export const labView = 'onepot.lab';
/** The tree of the model in use. */
export const modelView = 'onepot.model';
/** Context key of menus: the model in use has a `train` statement. */
export const trainingContext = 'onepot.hasTraining';
/** Context keys of the guided tour: what has been done, also by a lens, whose command the tour does not hear of. */
export const doneContexts = { simulate: 'onepot.simulated', train: 'onepot.trained' } as const;
/** The guided tour. */
export const walkthrough = 'onepot.start';

export const commands = {
  simulate: 'onepot.simulate',
  train: 'onepot.train',
  showOdes: 'onepot.showOdes',
  showReactions: 'onepot.showReactions',
  importNetwork: 'onepot.importNetwork',
  newNetwork: 'onepot.newNetwork',
  openWalkthrough: 'onepot.openWalkthrough',
  restartServer: 'onepot.restartServer',
  showOutput: 'onepot.showOutput',
} as const;
/** Called by views with a place; not in the manifest, as there is nothing for a user to choose. */
export const goToPlaceCommand = 'onepot.goToPlace';
export type CommandName = keyof typeof commands;

export const settings = {
  rtol: 'onepot.simulation.rtol',
  atol: 'onepot.simulation.atol',
  method: 'onepot.simulation.method',
  points: 'onepot.simulation.points',
  hoverEquations: 'onepot.hover.equations',
  unitHints: 'onepot.hints.units',
  /** Read by the language client itself. */
  trace: 'onepot.trace.server',
} as const;
