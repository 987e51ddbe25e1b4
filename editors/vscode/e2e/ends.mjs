// What becomes of the program's processes, however a window ends: one for each window
// that is open, and none that stays. Several windows do not meet.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { until } from './vscode.mjs';
import { flow, item, written } from './world.mjs';

/**
 * A text without findings, and then one with: what was on the screen before does not
 * count. A box that is about to give way to that of another extension host takes the
 * text with it, so it is written again.
 */
async function finds(w, which) {
  await until('a finding in the box', async () => {
    await w.box(which);
    await w.write('net: drop the queue lock\n\nThe lock is held by the caller.\n');
    await w.gone('.scm-input .squiggly-error');
    await w.write(written);
    return w.find('.scm-input .squiggly-error').waitFor({ timeout: 5000 }).then(() => true, () => false);
  });
}

/** A window in which one process of the program has found something. */
async function found({ repository, open, server }, browser) {
  await server.run(0); // those of earlier flows
  const w = await open(repository('net').dir, browser);
  await w.repository();
  await finds(w);
  const [pid] = await server.run(1);
  return { w, pid };
}

/** The window goes on with one new process. */
async function another(w, pid, { server, proves }) {
  await until('the process ends', () => !server.running.includes(pid));
  await w.repository();
  await finds(w);
  await server.run(1);
  proves('findings', 'ends');
}

/** Nothing of it runs any more. */
async function none({ server, proves }) {
  await server.run(0);
  proves('findings', 'ends');
}

/** A flow from findings on the screen to how they end. */
const ending = (name, end, server) => flow(`ends: ${name}`, async (world) => {
  const { w, pid } = await found(world);
  await end(w, pid, world);
}, server);

/** The process that has started another one. */
const parent = (pid) => Number(fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1]);

export const ends = [
  ending('window reloaded', async (w, pid, world) => {
    await w.page.reload();
    await another(w, pid, world);
  }),

  ending('Reload Window', async (w, pid, world) => {
    await w.command('Developer: Reload Window');
    await another(w, pid, world);
  }),

  ending('window closed', async (w, pid, world) => {
    await w.close();
    await none(world);
  }),

  // VS Code keeps the extension host of a window that says no goodbye for a while.
  flow('ends: browser gone', async (world) => {
    const browser = await world.launch();
    await found(world, browser);
    await browser.close();
    await none(world);
  }, 'own'),

  ending('folder closed', async (w, pid, world) => {
    await w.command('Workspaces: Close Workspace');
    await none(world);
  }),

  ending('Colophon: Restart', async (w, pid, world) => {
    await w.command('Colophon: Restart');
    await another(w, pid, world);
  }),

  ending('the program killed', async (w, pid, world) => {
    process.kill(pid, 'SIGKILL');
    await another(w, pid, world);
  }),

  ending('extension host killed', async (w, pid, world) => {
    const host = parent(pid);
    assert.match(fs.readFileSync(`/proc/${host}/cmdline`, 'utf8'), /extensionHost/);
    process.kill(host, 'SIGKILL');
    await another(w, pid, world);
  }),

  ...['SIGTERM', 'SIGKILL'].map((signal) => ending(`code-server ${signal}`, async (w, pid, world) => {
    process.kill(world.server.process.pid, signal);
    await none(world);
  }, 'own')),

  flow('two windows', async ({ repository, open, server, proves }) => {
    await server.run(0);
    const two = repository('two');
    two.change(3);
    two.git('add', '-A');
    const one = repository('one');
    const [first, second] = [await open(one.dir), await open(two.dir)];
    for (const w of [first, second]) {
      await w.repository();
      await finds(w);
    }
    await first.shown(item, /14 lines/);
    await second.shown(item, /[^\d]3 lines/);
    await server.run(2);
    await first.close();
    await server.run(1);
    await finds(second);
    await second.shown(item, /[^\d]3 lines/);
    await second.shot('window-left');
    proves('findings', 'glance', 'ends');
  }),

  flow('two windows on one repository', async ({ repository, open, server, proves }) => {
    await server.run(0);
    const r = repository('net');
    const [first, second] = [await open(r.dir), await open(r.dir)];
    for (const w of [first, second]) {
      await w.repository();
      await finds(w);
    }
    await server.run(2);
    // Each has a text of its own; what is staged they share.
    await first.box();
    await first.write('net: drop the queue lock\n\nText.\n\nAI-used-for: code, tests\nSigned-off-by: Jo Doe <jo@example.org>\n');
    await first.gone('.scm-input .squiggly-error');
    await first.shown(item, /declared for code, tests.*14 lines/);
    await second.shown('.scm-input .squiggly-error');
    r.change(3);
    r.git('add', '-A');
    for (const w of [first, second]) {
      await w.shown(item, /[^\d]3 lines/);
    }
    await second.close();
    await server.run(1);
    await finds(first);
    proves('findings', 'glance', 'ends');
  }),
];
