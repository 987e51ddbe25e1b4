// What people do.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { until } from './vscode.mjs';
import { policy, written } from './world.mjs';

const item = '.statusbar-item[id="colophon.colophon.colophon.status"], .statusbar-item[id*="colophon.status"]';
const editor = '.editor-instance .monaco-editor';

/** What the servers are: see main.mjs. */
const flow = (name, run, server = 'trusting') => ({ name, run, server });

export const flows = [
  flow('commit box', async ({ repository, open }) => {
    const r = repository('net');
    const w = await open(r.dir);
    await w.repository();
    await w.box();
    await w.write(written);
    await w.shown('.scm-input .squiggly-error');
    await w.line(4);
    await w.shown(item, 'AI');
    await w.shot('box-finding');
    await w.find('.scm-view .action-label.codicon-lightbulb, .sidebar .action-label.codicon-lightbulb').click();
    await w.shown('.quick-input-list .monaco-list-row', 'Replace this');
    await w.shot('box-fixes');
    await w.find('.quick-input-list .monaco-list-row', 'Replace this').click();
    await w.gone('.scm-input .squiggly-error');
    await w.shown(item, 'declared for code, tests');
    await w.box();
    await w.shot('box-fixed');
    await w.press('Control+Enter');
    await until('the commit', () => r.message !== 'Start');
    assert.match(r.message, /^AI-used-for: code, tests$/m);
    assert.doesNotMatch(r.message, /Co-authored-by/);
  }),

  flow('box hover and completion', async ({ repository, open }) => {
    const r = repository('net');
    const w = await open(r.dir);
    await w.repository();
    await w.box();
    await w.write(written);
    await w.shown('.scm-input .squiggly-error');
    await until('the hover', async () => {
      await w.page.mouse.move(900, 600); // a mouse that does not move asks for nothing
      await w.find('.scm-input .squiggly-error').hover({ force: true, position: { x: 20, y: 8 } });
      return w.find('.monaco-hover', 'does not take').waitFor({ timeout: 3000 }).then(() => true, () => false);
    });
    await w.shot('box-hover');
    await w.line(4);
    await w.fix('Replace this');
    await w.gone('.scm-input .squiggly-error');
    await w.write('net: drop the queue lock\n\nText.\n\n');
    await w.type('AI');
    const offered = w.find('.suggest-widget .monaco-list-row', 'AI-used-for: code, tests');
    await until('the list', async () => {
      if (!(await offered.isVisible())) {
        await w.press('Control+Space'); // in an open list it would show the details
      }
      return offered.waitFor({ timeout: 3000 }).then(() => true, () => false);
    });
    await w.shot('box-completion');
    await offered.click();
    await w.shown('.scm-input .view-line', 'AI-used-for: code, tests');
  }),

  flow('no AI, fixes and the explanation', async ({ repository, open }) => {
    const r = repository('net');
    const w = await open(r.dir);
    await w.repository();
    await w.box();
    await w.write('net: drop the queue lock\n\nText.\n\nSigned-off-by: Jo Doe <jo@example.org>\n');
    await w.shown(item);
    const before = await w.find(item).innerText();
    await w.command('Colophon: No AI Was Used');
    await until('the status says it', async () => (await w.find(item).innerText()) !== before);
    await w.box();
    await w.write(written);
    await w.shown('.scm-input .squiggly-error');
    await w.command('Colophon: Apply All Preferred Fixes');
    await w.shown('.scm-input .view-line', 'AI-used-for: code, tests');
    await w.find(item).click();
    await w.shown('.tab', 'Colophon.md');
    const page = w.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page.getByText('Example', { exact: false }).first().waitFor();
    await w.shot('explanation');
  }),

  flow('Git: Commit Staged', async ({ repository, open }) => {
    const r = repository('net');
    const w = await open(r.dir);
    await w.repository();
    await w.command('Git: Commit Staged');
    await w.shown('.tab', 'COMMIT_EDITMSG');
    await w.find(editor).click();
    await w.press('Control+Home');
    await w.page.keyboard.insertText(written.trimEnd() + '\n');
    await w.shown(`${editor} .squiggly-error`);
    await w.shown(`${editor} .codelens-decoration`, /AI/);
    await w.shown(`${editor} .view-line`, /queue\.c.*14/);
    await w.problems('does not take');
    await w.find(editor).click({ position: { x: 300, y: 100 } });
    await w.line(4);
    await w.shot('editmsg');
    await w.fix('Replace this', 'editmsg-fixes');
    await w.gone(`${editor} .squiggly-error`);
    await w.press('Control+KeyS');
    await w.find('.editor-instance .floating-menu-overlay-widget, .editor-instance .monaco-button', 'Commit').click();
    await until('the commit', () => r.message !== 'Start');
    assert.match(r.message, /^AI-used-for: code, tests$/m);
  }),

  flow('git commit -a in the terminal', async ({ repository, open }) => {
    const r = repository('net');
    r.write('net/queue.c', Array.from({ length: 5 }, (_, i) => `int other_${i};\n`).join('')); // not staged: -a takes it
    const w = await open(r.dir);
    await w.repository();
    await w.command('Terminal: Create New Terminal');
    await w.find('.terminal-wrapper .xterm-helper-textarea').waitFor({ state: 'attached' });
    await w.find('.terminal-wrapper .xterm-screen').click();
    await w.type('GIT_EDITOR="code-server --wait" git commit -a; echo "done $?" > done\n');
    await w.shown('.tab', 'COMMIT_EDITMSG');
    await w.find(editor).click();
    await w.press('Control+Home');
    await w.page.keyboard.insertText(written.trimEnd() + '\n');
    await w.shown(`${editor} .squiggly-error`);
    await w.shown(`${editor} .view-line`, /queue\.c.*5/);
    await w.line(4);
    await w.shot('terminal');
    await w.fix('Replace this');
    await w.gone(`${editor} .squiggly-error`);
    await w.press('Control+KeyS');
    await w.command('View: Close Editor');
    await until('git has ended', () => fs.existsSync(path.join(r.dir, 'done')));
    assert.equal(fs.readFileSync(path.join(r.dir, 'done'), 'utf8'), 'done 0\n');
    assert.match(r.message, /^AI-used-for: code, tests$/m);
    assert.match(r.git('show', '--numstat', '--format='), /^5\t\d+\tnet\/queue\.c$/m);
  }),

  flow('the policy file', async ({ repository, open }) => {
    const r = repository('net', policy.replace('ring: inner', 'ring: iner'));
    const w = await open(r.dir);
    await w.press('Control+KeyP');
    await w.shown('.quick-input-widget');
    await w.find('.quick-input-widget input').fill('.colophon.yaml');
    await w.find('.quick-input-list .monaco-list-row', '.colophon.yaml').click();
    await w.shown('.tab', '.colophon.yaml');
    await w.shown(`${editor} .squiggly-error`);
    await w.problems('iner');
    await w.shot('policy');
  }),

  flow('two repositories', async ({ repository, open, dir }) => {
    const said = (n) => `net: change ${n}\n\nText.\n\nAI-used-for: code\nSigned-off-by: Jo Doe <jo@example.org>\n`;
    repository('both/one');
    const two = repository('both/two', policy.replace('project: Example', 'project: Second'));
    two.change(3);
    two.git('add', '-A');
    const w = await open(path.join(dir, 'both'));
    await w.repository();
    await w.scm();
    await w.box(0);
    await w.write(said(1));
    await w.shown(item, /14 lines.*Example/);
    await w.box(1);
    await w.write(said(2));
    await w.shown(item, /3 lines.*Second/);
    await w.shot('two');
    await w.box(0);
    await w.shown(item, /14 lines.*Example/);
    await w.box(1);
    await w.press('Control+Enter');
    await until('the commit', () => two.message.startsWith('net: change 2'));
  }),

  flow('nudge on commit', async ({ repository, open, server }) => {
    const r = repository('net');
    server.settings({ 'colophon.nudgeOnCommit': 'warn' });
    try {
      const w = await open(r.dir);
      await w.repository();
      await w.box();
      await w.write(written);
      await w.shown('.scm-input .squiggly-error');
      await w.press('Control+Enter');
      await w.shown('.monaco-dialog-box', 'open in this commit message');
      await w.shot('nudge');
      await w.find('.monaco-dialog-box .monaco-button', 'Cancel').click();
      await w.gone('.monaco-dialog-box');
      assert.equal(r.message, 'Start');
      await w.box();
      await w.press('Control+Enter');
      await w.find('.monaco-dialog-box .monaco-button', 'Commit Anyway').click();
      await until('the commit', () => r.message !== 'Start');
      assert.equal(r.message, written.trim());
      // VS Code's own button cannot be held up; the commit can be undone.
      r.change(7);
      r.git('add', '-A');
      await w.box();
      await w.write(written.replace('drop', 'take'));
      await w.shown('.scm-input .squiggly-error');
      await w.find('.scm-view .monaco-button', 'Commit').click();
      await w.shown('.notification-toast', 'Committed.');
      await w.shot('nudge-after');
      assert.match(r.message, /take the queue lock/);
      await w.find('.notification-toast .monaco-button', 'Undo Commit').click();
      await until('the commit is undone', () => !/take the queue lock/.test(r.message));
    } finally {
      server.settings({ 'colophon.nudgeOnCommit': 'off' });
    }
  }),

  flow('a missing program', async ({ repository, open, server, colophon }) => {
    const r = repository('net');
    const w = await open(r.dir);
    await w.repository();
    await w.shown('.notification-toast', 'not on your PATH');
    await w.shot('missing');
    await w.find('.notification-toast .monaco-button', 'How to Install').click();
    await w.shown('.gettingStartedContainer', 'Colophon needs the program');
    await w.shot('walkthrough');
    server.machine({ 'colophon.path': colophon });
    await w.box();
    await w.write(written);
    await w.shown('.scm-input .squiggly-error');
    server.machine({});
  }, 'bare'),

  flow('a folder that is not trusted', async ({ repository, open, server, colophon, dir }) => {
    // The folder has a program of its own, a setting that names it, and PATH leads there.
    const r = repository('net');
    const proof = path.join(dir, 'it-ran');
    const trap = `#!/bin/sh\ntouch '${proof}'\nexec '${colophon}' "$@"\n`;
    for (const name of ['bin/colophon', 'bin/git', 'colophon', 'git']) {
      r.write(name, trap);
      fs.chmodSync(path.join(r.dir, name), 0o755);
    }
    r.write('.vscode/settings.json', JSON.stringify({ 'colophon.path': path.join(r.dir, 'bin/colophon'), 'colophon.git': path.join(r.dir, 'bin/git') }));
    server.machine({ 'colophon.path': path.join(r.dir, 'bin/colophon') });
    r.write('.colophon.yaml', policy.replace('ring: inner', 'ring: iner'));
    const w = await open(r.dir);
    await w.shown('.statusbar-item', 'Restricted Mode');
    await w.press('Control+KeyP');
    await w.find('.quick-input-widget input').fill('.colophon.yaml');
    await w.find('.quick-input-list .monaco-list-row', '.colophon.yaml').click();
    await w.shown('.notification-toast', 'not trusted');
    await w.shot('untrusted');
    // One that is the user's runs; it reads the folder, and runs nothing of it.
    server.machine({ 'colophon.path': colophon });
    await w.shown(`${editor} .squiggly-error`);
    assert.ok(!fs.existsSync(proof), 'a program of the folder ran');
  }, 'wary'),
];
