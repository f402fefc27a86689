/** Entry of the engine, a utilityProcess: does all heavy work, so that a native crash never takes the window down. */
import type { MessagePortMain } from 'electron';
import { answerCall } from './engineServer';
import { Engine } from './engineMethods';
import type { EngineAnswer, EngineNews, EngineOrder } from './engineMessages';
import { CharacterFiles } from '../character/characterFiles';
import { Grants } from './grants';
import { Jobs } from '../jobs/jobs';
import { LineStore } from './lineStore';
import { RecoverySounds } from '../project/journal/recoverySounds';
import { Stages } from './stages';

const { parentPort } = process;
const grants = new Grants();
const ports = new Set<MessagePortMain>();
let engine: Promise<Engine> | null = null;

function tellMain(news: EngineNews): void {
  parentPort.postMessage(news);
}

function broadcast(answer: EngineAnswer): void {
  for (const port of ports) port.postMessage(answer);
}

async function start(order: Extract<EngineOrder, { kind: 'start' }>): Promise<Engine> {
  const characters = new CharacterFiles(order.recoveryFolder);
  const stages = new Stages(order, characters);
  const store = new LineStore(order.runFolder);
  await store.reload();
  // Loading the models takes a second: done now, while the user still looks for a file. Import tells of any failure.
  void stages.provider().then(
    (provider) => tellMain({ kind: 'ready', provider }),
    (error: unknown) => {
      tellMain({ kind: 'ready', provider: 'unavailable' });
      tellMain({ kind: 'log', level: 'warn', message: `models: ${error instanceof Error ? error.message : String(error)}` });
    },
  );
  const jobs = new Jobs((progress) => broadcast({ kind: 'progress', progress }));
  const sounds = new RecoverySounds(order.recoveryFolder);
  return new Engine({
    stages,
    store,
    grants,
    jobs,
    sounds,
    characters,
    onProjectFile: (path) => tellMain({ kind: 'project-file', path }),
  });
}

function serve(port: MessagePortMain): void {
  ports.add(port);
  port.on('close', () => ports.delete(port));
  port.on('message', (event) => {
    void engine?.then((running) =>
      answerCall(running, port, event.data, (method, thrown) =>
        tellMain({
          kind: 'log',
          level: 'error',
          message: `${method}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`,
        }),
      ),
    );
  });
  port.start();
}

parentPort.on('message', (event) => {
  const order = event.data as EngineOrder;
  if (order.kind === 'start') engine = start(order);
  else if (order.kind === 'grant') grants.add(order.grant);
  else serve(event.ports[0]);
});
