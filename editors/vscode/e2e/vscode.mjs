// The real VS Code: a code-server with a home of its own, and windows of it in a
// browser without a screen.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

/** Only runs out when something is broken. */
export const patience = Number(process.env.PATIENCE ?? 60_000);

/** Waits until a question about the world has an answer. */
export async function until(what, ask, most = patience) {
  for (const end = Date.now() + most; ; ) {
    const answer = await within(Math.max(end - Date.now(), 1), what, ask());
    if (answer) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`waited in vain: ${what}`);
    }
    await new Promise((r) => setTimeout(r, 50));
  }
}

/** What a promise brings, if it does so in time: not all that a browser is asked has a limit. */
export async function within(ms, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain: ${what}`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const calm = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Light Modern',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'chat.disableAIFeatures': true,
  'git.autofetch': false,
  'git.autorefresh': true,
  'git.confirmSync': false,
  'git.openRepositoryInParentFolders': 'never',
  'terminal.integrated.defaultProfile.linux': 'bash',
  'terminal.integrated.shellIntegration.enabled': false,
  'window.menuBarVisibility': 'hidden',
  'editor.lightbulb.enabled': 'on',
  'editor.minimap.enabled': false,
  'editor.cursorBlinking': 'solid',
  'colophon.logLevel': 'debug',
};

export class Server {
  /**
   * Starts one with the extension. A program is put on PATH; settings are the user's;
   * further extensions are folders; a wary one trusts no folder.
   */
  static async start(tools, dir, { vsix, program, settings, extensions = [], wary }) {
    const s = new Server();
    const home = path.join(dir, 'home');
    s.dir = dir;
    s.user = path.join(dir, 'user');
    s.extensions = path.join(dir, 'extensions');
    for (const d of [home, path.join(s.user, 'User'), s.extensions]) {
      fs.mkdirSync(d, { recursive: true });
    }
    const bin = path.join(dir, 'bin');
    fs.mkdirSync(bin);
    if (program !== undefined) {
      fs.copyFileSync(program, path.join(bin, 'colophon'));
    }
    for (const folder of extensions) {
      fs.cpSync(folder, path.join(s.extensions, path.basename(folder)), { recursive: true });
    }
    fs.writeFileSync(path.join(home, '.gitconfig'), '[user]\n\tname = Jo Doe\n\temail = jo@example.org\n[init]\n\tdefaultBranch = main\n[safe]\n\tdirectory = *\n');
    fs.writeFileSync(path.join(home, '.bashrc'), "PS1='$ '\n");
    // VS Code takes the variables of a login shell over, and that begins PATH anew.
    fs.writeFileSync(path.join(home, '.profile'), `PATH='${bin}:${process.env.PATH}'\n`);
    s.settings({ ...calm, ...settings });
    s.machine({});
    s.env = { HOME: home, PATH: process.env.PATH, LANG: 'C.UTF-8', SHELL: '/bin/bash', TERM: 'xterm-256color', GIT_CONFIG_NOSYSTEM: '1' };
    const entry = path.join(tools, 'node_modules/code-server/out/node/entry.js');
    s.node = path.join(tools, 'node');
    s.base = [entry, '--user-data-dir', s.user, '--extensions-dir', s.extensions];
    execFileSync(s.node, [...s.base, '--install-extension', vsix], { env: s.env, stdio: 'pipe', timeout: 2 * patience });
    s.port = await freePort();
    const log = fs.openSync(path.join(dir, 'server.log'), 'w');
    s.process = spawn(s.node, [...s.base, '--auth', 'none', '--bind-addr', `127.0.0.1:${s.port}`, '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--reconnection-grace-time', '1', ...(wary ? [] : ['--disable-workspace-trust'])], {
      env: s.env,
      cwd: home,
      detached: true,
      stdio: ['ignore', log, log],
    });
    await until('code-server answers', async () => (await fetch(`http://127.0.0.1:${s.port}/healthz`).catch(() => undefined))?.ok);
    return s;
  }

  /** Writes the user's settings. */
  settings(all) {
    this.set = { ...this.set, ...all };
    fs.writeFileSync(path.join(this.user, 'User', 'settings.json'), JSON.stringify(this.set));
  }

  /** Writes the machine's settings: those that name a program are none of a window's. */
  machine(all) {
    fs.mkdirSync(path.join(this.user, 'Machine'), { recursive: true });
    fs.writeFileSync(path.join(this.user, 'Machine', 'settings.json'), JSON.stringify(all));
  }

  /** The processes of the program: no other server runs these files. */
  get running() {
    return fs.readdirSync('/proc').filter((pid) => {
      try {
        const file = fs.readlinkSync(`/proc/${pid}/exe`);
        return file.startsWith(this.dir + '/') && path.basename(file) === 'colophon';
      } catch {
        return false; // no process, or it has ended
      }
    }).map(Number);
  }

  /** Waits until so many run. */
  run(many) {
    return until(`${many} of the program run`, () => this.running.length === many && this.running);
  }

  /** Ends it with all that it has started. */
  async stop() {
    const gone = new Promise((r) => this.process.once('exit', r));
    for (const signal of ['SIGTERM', 'SIGKILL']) {
      try {
        process.kill(-this.process.pid, signal);
      } catch {
        return;
      }
      if (signal === 'SIGTERM') {
        await Promise.race([gone, new Promise((r) => setTimeout(r, 5000))]);
      }
    }
  }
}

function freePort() {
  return new Promise((resolve) => {
    const s = net.createServer();
    s.listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => resolve(port));
    });
  });
}

/** A window of VS Code on a folder. */
export class Window {
  static async open(browser, server, folder, shots) {
    const w = new Window();
    w.shots = shots;
    w.server = server;
    // The windows of a server share what the browser keeps, as a person's do.
    server.context ??= await browser.newContext({ viewport: { width: 1600, height: 800 } });
    server.context.setDefaultTimeout(patience);
    w.page = await server.context.newPage();
    await w.page.goto(`http://127.0.0.1:${server.port}/?folder=${encodeURIComponent(folder)}`);
    await w.page.waitForSelector('.monaco-workbench .statusbar');
    return w;
  }

  close() {
    return this.page.close();
  }

  find(css, text) {
    const all = this.page.locator(css);
    return (text === undefined ? all : all.filter({ hasText: text })).first();
  }

  shown(css, text) {
    return this.find(css, text).waitFor({ state: 'visible' });
  }

  gone(css, text) {
    return this.find(css, text).waitFor({ state: 'hidden' });
  }

  /** A picture, once nothing moves any more. */
  async shot(name) {
    let before;
    await until('the window stands still', async () => {
      const now = await this.page.screenshot({ animations: 'disabled', caret: 'hide' });
      const still = before?.equals(now);
      before = now;
      return still;
    });
    fs.writeFileSync(path.join(this.shots, `${name}.png`), before);
  }

  async press(keys) {
    await this.page.keyboard.press(keys);
  }

  async type(text) {
    await this.page.keyboard.type(text);
  }

  /** Runs a command by the name that the palette has, once an extension has brought it. */
  async command(title) {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ has: this.page.getByText(title, { exact: true }) }).first();
    await until(`the command ${title}`, async () => {
      await this.press('F1');
      const input = this.find('.quick-input-widget input');
      await input.waitFor();
      await input.fill(`>${title}`);
      const there = await row.waitFor({ timeout: 5000 }).then(() => true, () => false);
      if (!there) {
        await this.press('Escape'); // the list does not grow while it is open
      }
      return there;
    });
    await row.click();
    await this.gone('.quick-input-widget');
  }

  /** Opens a file by its name. */
  async openFile(name) {
    await this.press('Control+KeyP');
    await this.find('.quick-input-widget input').fill(name);
    await this.find('.quick-input-list .monaco-list-row', name).click();
    await this.shown('.tab', name);
  }

  /** Types into a new terminal. */
  async terminal(text) {
    await this.command('Terminal: Create New Terminal');
    await this.find('.terminal-wrapper .xterm-helper-textarea').waitFor({ state: 'attached' });
    await this.find('.terminal-wrapper .xterm-screen').click();
    await this.type(text);
  }

  /** Waits until VS Code's git extension has found the repository. */
  async repository() {
    await this.shown('.statusbar-item', 'main');
  }

  async scm() {
    if (!(await this.find('.scm-view').isVisible())) {
      await this.press('Control+Shift+KeyG');
    }
    await this.shown('.scm-view');
    const graph = this.find('.sidebar .pane-header[aria-expanded="true"]', 'Graph');
    if (await graph.isVisible()) {
      await graph.click({ position: { x: 30, y: 10 } });
    }
  }

  /** The commit box, the focus in it. */
  async box(which = 0) {
    await this.scm();
    const box = this.page.locator('.scm-view .scm-input .monaco-editor').nth(which);
    await box.waitFor();
    await this.widen();
    await box.click();
    return box;
  }

  /** The light bulb in the title of the view. */
  bulb() {
    return this.find('.sidebar .action-label.codicon-lightbulb').click();
  }

  /** Makes room for the side bar, whose lines would be broken otherwise. */
  async widen() {
    const sidebar = await this.find('.part.sidebar').boundingBox();
    const edge = sidebar.x + sidebar.width;
    if (edge < 450) {
      await this.page.mouse.move(edge, 400);
      await this.page.mouse.down();
      await this.page.mouse.move(490, 400, { steps: 4 }); // a list in the middle of the window leaves so much free
      await this.page.mouse.up();
      await until('the side bar is wide', async () => (await this.find('.part.sidebar').boundingBox()).width > 400);
    }
  }

  /** Replaces the text of the editor that has the focus. */
  async write(text) {
    await this.press('Control+KeyA');
    await this.page.keyboard.insertText(text);
  }

  /** Puts the caret on a line, from 0. */
  async line(n) {
    await this.press('Control+Home');
    for (let i = 0; i < n; i++) {
      await this.press('ArrowDown');
    }
  }

  /** Saves, and waits until the file has the text: git may be told to go on before. */
  async save(file, text) {
    await this.press('Control+KeyS');
    await until(`${file} is saved`, () => fs.readFileSync(file, 'utf8').includes(text));
  }

  /** The texts of the Problems panel. */
  async problems(text) {
    await this.press('Control+Shift+KeyM');
    await this.shown('.markers-panel .monaco-list-row', text);
    return this.page.locator('.markers-panel .monaco-list-row').allInnerTexts();
  }

  /** Chooses a fix in the menu of the light bulb. */
  async fix(title, picture) {
    const row = this.find('.action-widget .monaco-list-row', title);
    await until(`the fix ${title}`, async () => { // what changes beside it closes the menu
      await this.press('Control+Period');
      return row.waitFor({ timeout: 5000 }).then(() => true, () => false);
    });
    if (picture) {
      await this.shot(picture);
    }
    await row.click();
    await this.gone('.action-widget');
  }
}
