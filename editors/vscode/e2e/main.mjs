// Runs the flows in the real VS Code, and prints a table of them.
//
//   node e2e/main.mjs COLOPHON VSIX OUT [FLOW...]
//
// The package with the program for this platform lies beside VSIX.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ends } from './ends.mjs';
import { flows as does } from './flows.mjs';
import { patience, Server, Window, within } from './vscode.mjs';
import { Repository } from './world.mjs';

const [colophon, vsix, out, ...only] = process.argv.slice(2).map((a, i) => (i < 3 ? path.resolve(a) : a));
const flows = [...does, ...ends];
const here = path.dirname(fileURLToPath(import.meta.url));
const tools = execFileSync(path.join(here, 'install'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });
const asked = path.join(out, 'browser.log'); // all that the browser was asked, with times
Object.assign(process.env, { DEBUG: 'pw:api', DEBUG_FILE: asked });
const { chromium } = createRequire(path.join(tools, 'package.json'))('playwright-core');
const program = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((n) => process.env.PATH.split(':').map((d) => path.join(d, n))).find((f) => fs.existsSync(f));
const options = { executablePath: program, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--lang=en-US'] };

const place = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'colophon-')); // short: sockets lie in it
const launch = () => chromium.launch(options);
const most = 5 * patience; // for a flow, with the start of its server
const version = fs.readFileSync(path.join(tools, 'ready'), 'utf8').match(/with Code (\S+)/)?.[1] ?? '?';
const servers = new Map();
let started = 0; // among them those that failed to
let chrome; // the process, which can be killed
let browser; // what it is told through
const rows = [];
const attempts = Number(process.env.ATTEMPTS ?? 2); // a flow that fails is run once more, and both runs are shown

/** What sets a server of a kind apart; "trusting" asks nobody whether a folder is trusted. */
const kinds = {
  trusting: { program: colophon },
  own: { program: colophon }, // for one flow alone, which may end it
  bare: {}, // without the program
  packaged: { vsix: vsix.replace(/\.vsix$/, '-linux-x64.vsix') }, // with that of the package
  wary: { wary: true, settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' } },
  assisted: { program: colophon, extensions: [path.join(here, 'assistant')], settings: { 'chat.disableAIFeatures': false, 'git.addAICoAuthor': 'all', 'colophon.nudgeOnCommit': 'warn' } },
};

/** Starts the browser, and ends one that answers no more. */
async function begin() {
  await chrome?.kill();
  for (const s of servers.values()) {
    s.context = undefined;
  }
  chrome = await chromium.launchServer(options);
  browser = await chromium.connect(chrome.wsEndpoint());
}

async function server(kind, name) {
  const key = kind === 'own' ? name : kind;
  if (!servers.has(key)) {
    servers.set(key, await Server.start(tools, path.join(place, `s${started++}`), { vsix, ...kinds[kind] }));
  }
  return servers.get(key);
}

/** Adds to the table of all editors, where one is made. */
function note(row) {
  if (process.env.COLOPHON_RESULTS) {
    fs.appendFileSync(process.env.COLOPHON_RESULTS, JSON.stringify(row) + '\n');
  }
}

async function run(flow, attempt) {
  const began = Date.now();
  const shots = path.join(out, 'pictures');
  fs.mkdirSync(shots, { recursive: true });
  const windows = [];
  const proved = new Set();
  const act = async () => {
    const s = await server(flow.server, `${flow.name} ${attempt}`);
    const dir = path.join(place, 'work', `${flow.name}-${attempt}`);
    await flow.run({
      shots, colophon, server: s, dir,
      repository: (name, text) => new Repository(path.join(dir, name), s.env, text),
      launch,
      open: async (folder, from = browser) => {
        const w = await Window.open(from, s, folder, shots);
        windows.push(w);
        return w;
      },
      proves: (...features) => features.forEach((f) => proved.add(f)),
    });
  };
  try {
    await within(most, flow.name, act());
    return { ok: true, seconds: (Date.now() - began) / 1000, proved: [...proved] };
  } catch (e) {
    for (const [i, w] of windows.entries()) {
      await w.page.screenshot({ path: path.join(out, `${flow.name}-${attempt}-failed-${i + 1}.png`) }).catch(() => undefined);
    }
    const last = fs.readFileSync(asked, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
    return { ok: false, seconds: (Date.now() - began) / 1000, why: `${e instanceof Error ? e.stack : e}\nwhat the browser was asked last:\n${last}` };
  } finally {
    for (const w of windows) {
      // A flow may have closed it. One that cannot be closed takes its browser with it.
      await within(patience / 2, 'the window closes', w.close().catch(() => undefined)).catch((e) => {
        console.log(`${flow.name}: ${e.message}`);
        return begin();
      });
    }
    if (flow.server === 'own') {
      await servers.get(`${flow.name} ${attempt}`)?.stop();
    }
  }
}

try {
  await begin();
  for (const flow of flows.filter((f) => only.length === 0 || only.includes(f.name))) {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const result = await run(flow, attempt);
      rows.push({ flow: flow.name, attempt, ...result });
      note({ editor: 'vscode', version, flow: flow.name, run: attempt, seconds: result.seconds, failure: result.ok ? undefined : result.why.split('\n')[0], proved: result.proved?.length ? result.proved : undefined });
      console.log(`VS Code ${version}\t${flow.name}\t${result.ok ? 'ok' : 'FAILED'}\t${result.seconds.toFixed(1)} s${attempt > 1 ? '\tsecond run' : ''}`);
      if (result.ok) {
        break;
      }
      console.log(result.why);
    }
  }
} finally {
  await chrome?.kill();
  for (const [name, s] of servers) {
    await s.stop();
    if (rows.some((r) => !r.ok)) {
      fs.cpSync(path.join(s.user, 'logs'), path.join(out, `${name}-logs`), { recursive: true });
      fs.copyFileSync(path.join(s.dir, 'server.log'), path.join(out, `${name}-server.log`));
    }
  }
  fs.rmSync(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
fs.writeFileSync(path.join(out, 'table.json'), JSON.stringify(rows, null, 1));
process.exitCode = flows.some((f) => rows.some((r) => r.flow === f.name) && !rows.some((r) => r.flow === f.name && r.ok)) ? 1 : 0;
