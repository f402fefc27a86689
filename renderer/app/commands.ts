import type { StoreApi } from 'zustand/vanilla';
import { notationOf } from '../../core/document/phoneSource';
import { COMMANDS, type StudioCommand } from '../../main/ipc/commandTable';
import type { StudioApi } from '../../main/ipc/api';
import type { LineModelState } from '../stores/lineModel';
import type { SessionState } from '../stores/sessionState';
import { zoomValues } from '../panels/timeline/curve-axes';
import type { TimelineTool, ViewState } from '../stores/viewState';
import { focusNextPanel } from './panelFocus';
import { LIGHT_PRESET_IDS } from '../viewport/lightPresets';
import type { Batch } from './batch';
import type { Captures } from './captures';
import type { Edits } from './edits';
import { NEW_EVENTS, type EventActions } from './eventActions';
import type { Jobs } from './jobs';
import type { KeyActions } from './keyActions';
import type { Lines } from './lines';
import type { OwnCharacters } from './ownCharacters';
import type { PartRegeneration } from './partRegeneration';
import type { Project } from './project';
import type { Recordings } from './recordings';
import type { RangeActions } from './rangeActions';
import type { TimelineActions } from './timelineActions';
import type { SpeechActions } from './speechActions';
import type { Suggestions } from './suggestions';
import type { Transcripts } from './transcripts';
import type { Transport } from './transport';

export interface CommandParts {
  readonly keys: KeyActions;
  readonly ranges: RangeActions;
  readonly batch: Batch;
  readonly api: StudioApi;
  readonly view: StoreApi<ViewState>;
  readonly session: StoreApi<SessionState>;
  readonly lineModel: StoreApi<LineModelState>;
  readonly edits: Edits;
  readonly lines: Lines;
  readonly captures: Captures;
  readonly ownCharacters: OwnCharacters;
  readonly transcripts: Transcripts;
  readonly speech: SpeechActions;
  readonly suggestions: Suggestions;
  readonly events: EventActions;
  readonly parts: PartRegeneration;
  readonly recordings: Recordings;
  readonly project: Project;
  readonly transport: Transport;
  readonly timeline: TimelineActions;
  readonly jobs: Jobs;
}

type Handler = () => void;

/** The handlers of the one command table. Menu, palette, buttons and keys all come through `run`. */
export class Commands {
  private readonly handlers: Readonly<Record<string, Handler>>;

  constructor(private readonly parts: CommandParts) {
    this.handlers = {
      ...fileHandlers(parts),
      ...editHandlers(parts),
      ...keyHandlers(parts),
      ...rangeHandlers(parts),
      ...lineHandlers(parts),
      ...playHandlers(parts),
      ...viewHandlers(parts),
    };
  }

  /** Commands that work in the renderer, in table order. */
  get all(): readonly StudioCommand[] {
    const commands: readonly StudioCommand[] = COMMANDS;
    return commands.filter((command) => command.id in this.handlers);
  }

  run(id: string): void {
    const handler = this.handlers[id];
    if (!handler) return;
    try {
      handler();
    } catch (error) {
      this.parts.jobs.fail(COMMANDS.find((command) => command.id === id)?.label ?? id, error);
    }
  }

  /** As menu and palette name it; the id of an unknown one. */
  labelOf(id: string): string {
    return COMMANDS.find((command) => command.id === id)?.label ?? id;
  }

  has(id: string): boolean {
    return id in this.handlers;
  }
}

function fileHandlers({ project, lines, captures, ownCharacters, session, lineModel }: CommandParts): Record<string, Handler> {
  return {
    'file.new': () => void project.create(),
    'file.open': () => void project.choose(),
    'file.openSample': () => void lines.importSample(),
    'file.save': () => void project.save(),
    'file.saveAs': () => void project.save(true),
    'file.import': () => void lines.chooseAndImport(),
    'file.importCapture': () => void captures.chooseAndImport(),
    'file.importCharacter': () => void ownCharacters.chooseAndImport(),
    'file.export': () => lineModel.getState().model?.final && session.setState({ dialog: 'export' }),
    'help.about': () => session.setState({ dialog: 'about' }),
    'edit.preferences': () => session.setState({ dialog: 'preferences' }),
    'help.keys': () => session.setState({ dialog: 'keys' }),
    'view.palette': () => session.setState((state) => ({ dialog: state.dialog === 'palette' ? 'none' : 'palette' })),
  };
}

function editHandlers({ edits, timeline, view }: CommandParts): Record<string, Handler> {
  return {
    'edit.undo': () => edits.undo(),
    'edit.redo': () => edits.redo(),
    'edit.delete': () => timeline.deleteSelection(),
    'edit.insertKey': () => timeline.insertKey(),
    'edit.snap': () => view.setState((state) => ({ isSnapOn: !state.isSnapOn })),
    'edit.autoKey': () => view.setState((state) => ({ isAutoKeyOn: !state.isAutoKeyOn })),
    'edit.ripple': () => view.setState((state) => ({ isRippleOn: !state.isRippleOn })),
    'edit.mergePhoneme': () => timeline.mergeSelectedPhoneme(),
    'phoneme.relabel': () => timeline.openRelabel(),
    'phoneme.split': () => timeline.splitAtPlayhead(),
  };
}

function keyHandlers({ keys, timeline, view, session }: CommandParts): Record<string, Handler> {
  const tool = (name: TimelineTool) => () => view.setState({ tool: name });
  return {
    'edit.copy': () => void keys.copy(),
    'edit.cut': () => keys.cut(),
    'edit.paste': () => keys.paste(),
    'edit.pasteInPlace': () => keys.paste({ inPlace: true }),
    'edit.pasteMirrored': () => keys.paste({ isMirrored: true }),
    'edit.selectAll': () => keys.selectAll(),
    'tool.select': tool('select'),
    'tool.range': tool('range'),
    'tool.split': tool('split'),
    'tool.box': tool('box'),
    'tool.lasso': tool('lasso'),
    'keys.move': () => keys.startModal('move'),
    'keys.scale': () => keys.startModal('scale'),
    'keys.nudgeBack': () => keys.nudge(-1, 0),
    'keys.nudgeForward': () => keys.nudge(1, 0),
    'keys.nudgeUp': () => keys.nudge(0, 1),
    'keys.nudgeDown': () => keys.nudge(0, -1),
    'keys.mirror': () => keys.mirror(),
    'keys.smooth': () => keys.smooth(),
    'keys.reduce': () => keys.reduce(),
    'keys.bake': () => keys.bake('base'),
    'keys.bakeShown': () => keys.bake('shown'),
    'keys.matchTangents': () => keys.matchTangents(),
    'tangent.auto': () => timeline.setTangents('auto'),
    'tangent.aligned': () => timeline.setTangents('aligned'),
    'tangent.free': () => timeline.setTangents('free'),
    'tangent.flat': () => timeline.setTangents('flat'),
    'tangent.linear': () => timeline.setTangents('linear'),
    'tangent.hold': () => timeline.setTangents('constant'),
    'channel.mute': () => keys.toggleChannel('muted'),
    'channel.solo': () => keys.toggleChannel('solo'),
    'channel.lock': () => keys.toggleChannel('locked'),
    'channel.pin': () => keys.toggleChannel('pinned'),
    'tangent.menu': () => session.setState({ contextMenu: { ...middleOf('curve-canvas'), kind: 'tangents' } }),
  };
}

function rangeHandlers({ timeline, session, ranges }: CommandParts): Record<string, Handler> {
  return {
    'range.in': () => {
      const { range, playheadSeconds } = session.getState();
      timeline.setRange(playheadSeconds, Math.max(range?.endSeconds ?? timeline.extent.endSeconds, playheadSeconds));
    },
    'range.out': () => {
      const { range, playheadSeconds } = session.getState();
      timeline.setRange(Math.min(range?.startSeconds ?? 0, playheadSeconds), playheadSeconds);
    },
    'marker.add': () => ranges.addMarker(),
    'marker.rename': () => ranges.startRename(),
    'marker.remove': () => ranges.removeMarker(),
    'marker.next': () => ranges.jumpMarker(1),
    'marker.previous': () => ranges.jumpMarker(-1),
    'range.lock': () => ranges.lock(),
    'range.unlock': () => ranges.unlock(),
    'range.insertTime': () => ranges.insertTime(),
    'range.deleteTime': () => ranges.deleteTime(),
    'range.offsetEarlier': () => ranges.offsetPhrase(-1),
    'range.offsetLater': () => ranges.offsetPhrase(1),
    'phoneme.insert': () => ranges.insertPhoneme(),
    'phoneme.restore': () => ranges.restorePhonemes(),
    'range.fromSelection': () => timeline.rangeFromSelection(),
    'range.clear': () => session.setState({ range: null }),
  };
}

/** Where a menu opens that was asked for by key. */
function middleOf(testid: string): { clientX: number; clientY: number } {
  const box = document.querySelector(`[data-testid=${testid}]`)?.getBoundingClientRect();
  return { clientX: box ? box.left + box.width / 2 : 200, clientY: box ? box.top + 20 : 200 };
}

function lineHandlers({
  lines,
  parts,
  transcripts,
  speech,
  suggestions,
  events,
  session,
  jobs,
  view,
  lineModel,
  batch,
  recordings,
}: CommandParts): Record<string, Handler> {
  const withLine = (act: (line: NonNullable<LineModelState['model']>['line']) => void) => () => {
    const model = lineModel.getState().model;
    if (model) act(model.line);
  };
  return {
    'line.generate': withLine((line) => void lines.generate(line.id, false)),
    'line.regenerate': () => void parts.run(),
    'line.regenerateMouth': () => void parts.run({ regions: ['mouth'] }),
    'line.regenerateUpper': () => void parts.run({ regions: ['upper'] }),
    'line.regenerateHead': () => void parts.run({ regions: ['head'] }),
    'line.newTake': withLine((line) => void lines.generate(line.id, true)),
    'line.replaceRecording': withLine((line) => void recordings.choose(line.id)),
    'line.align': withLine((line) => {
      view.setState({ inspectorTab: 'performance' });
      if (line.transcript.trim() !== '') void transcripts.align(line.id, line.transcript, notationOf(line));
      else requestAnimationFrame(() => document.querySelector<HTMLTextAreaElement>('[data-testid=transcript]')?.focus());
    }),
    'line.loadTranscript': withLine((line) => void transcripts.chooseFile(line.id)),
    ...Object.fromEntries(Object.keys(NEW_EVENTS).map((name) => [`event.${name}`, () => void events.add(name)])),
    'line.suggestEmotions': () => suggestions.suggest(),
    'line.acceptSuggestions': () => suggestions.accept(),
    'line.dismissSuggestions': () => suggestions.dismiss(),
    'line.dictionary': () => session.setState({ dialog: 'dictionary' }),
    'phoneme.nextUnsure': () => speech.showNextUnsure(),
    'phoneme.lock': () => speech.toggleLock(),
    'line.generateSelected': () => void batch.generate(session.getState().selectedLines),
    'line.exportSelected': () => {
      const { batchFormats, displayRate } = view.getState();
      void batch.export(session.getState().selectedLines, batchFormats, displayRate);
    },
    'line.batchReport': () => session.getState().batch && session.setState({ dialog: 'batchReport' }),
    'line.swapTake': () => lines.swapTake(),
    'line.cancelJob': () => jobs.cancelAll(),
    'line.remove': withLine((line) => lines.remove(line.id)),
    'line.next': () => lines.showNeighbour(1),
    'line.previous': () => lines.showNeighbour(-1),
  };
}

function playHandlers({ transport, timeline, session }: CommandParts): Record<string, Handler> {
  return {
    'play.toggle': () => transport.toggle(),
    'play.shuttleBack': () => transport.shuttle(-1),
    'play.shuttleStop': () => transport.stop(),
    'play.shuttleForward': () => transport.shuttle(1),
    'play.frameBack': () => transport.step(-1),
    'play.frameForward': () => transport.step(1),
    'play.previousKey': () => timeline.jumpKey(-1),
    'play.nextKey': () => timeline.jumpKey(1),
    'play.previousPhoneme': () => timeline.jumpPhoneme(-1),
    'play.nextPhoneme': () => timeline.jumpPhoneme(1),
    'play.start': () => transport.seek(timeline.extent.startSeconds),
    'play.end': () => transport.seek(timeline.extent.endSeconds),
    'play.loop': () => session.setState((state) => ({ isLooping: !state.isLooping })),
  };
}

function viewHandlers({ timeline, view }: CommandParts): Record<string, Handler> {
  return {
    'view.zoomIn': () => timeline.zoom(1.4),
    'view.zoomOut': () => timeline.zoom(1 / 1.4),
    'view.frameLine': () => timeline.frameLine(),
    'view.frameSelection': () => timeline.frameSelection(),
    'view.zoomValuesIn': () => zoomValuesBy(view, 1.3),
    'view.zoomValuesOut': () => zoomValuesBy(view, 1 / 1.3),
    'view.absolute': () => view.setState({ curveScaling: 'absolute' }),
    'view.normalised': () => view.setState({ curveScaling: 'normalised' }),
    'view.stacked': () => view.setState({ curveScaling: 'stacked' }),
    'view.nextPanel': () => focusNextPanel(1),
    'view.previousPanel': () => focusNextPanel(-1),
    'view.tracks': () => document.querySelector<HTMLElement>('[data-testid=track-grid]')?.focus({ preventScroll: true }),
    'view.linesList': () => view.setState((state) => ({ isLinesOpen: !state.isLinesOpen })),
    'view.lowerTracks': () =>
      view.setState(({ lowerMode }) => ({
        lowerMode: lowerMode === 'both' ? 'sheet' : lowerMode === 'sheet' ? 'curves' : 'both',
      })),
    'view.curveEditor': () =>
      view.setState(({ isCurveMode }) => ({
        isCurveMode: !isCurveMode,
        ...(isCurveMode ? {} : { inspectorTab: 'channel' as const }),
      })),
    'view.resetCamera': () => view.setState({ camera: 'front', cameraReset: Date.now() }),
    'view.cameraFront': () => view.setState({ camera: 'front', cameraReset: Date.now() }),
    'view.cameraThreeQuarter': () => view.setState({ camera: 'threeQuarter', cameraReset: Date.now() }),
    'view.cameraSide': () => view.setState({ camera: 'side', cameraReset: Date.now() }),
    'view.cameraMouth': () => view.setState({ camera: 'mouth', cameraReset: Date.now() }),
    'view.wireframe': () => view.setState((state) => ({ isWireframe: !state.isWireframe })),
    'view.handles': () => view.setState((state) => ({ isHandlesOn: !state.isHandlesOn })),
    'view.toon': () => view.setState((state) => ({ surfaceLook: state.surfaceLook === 'toon' ? 'real' : 'toon' })),
    ...Object.fromEntries(
      LIGHT_PRESET_IDS.map((lights) => [
        `view.lights${lights[0].toUpperCase()}${lights.slice(1)}`,
        () => view.setState({ lights }),
      ]),
    ),
    'view.qualityAuto': () => view.setState({ quality: 'auto' }),
    'view.qualityDraft': () => view.setState({ quality: 'draft' }),
    'view.qualityStandard': () => view.setState({ quality: 'standard' }),
    'view.qualityHigh': () => view.setState({ quality: 'high' }),
  };
}

function zoomValuesBy(view: CommandParts['view'], factor: number): void {
  const { valueFrom, valueTo } = view.getState();
  const next = zoomValues({ from: valueFrom, to: valueTo }, factor, 0.5);
  view.setState({ valueFrom: next.from, valueTo: next.to });
}
