// What people do.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { until } from './vscode.mjs';
import { flow, item, policy, written } from './world.mjs';

const editor = '.editor-instance .monaco-editor';

export const flows = [
  flow('commit box', async ({ repository, open, proves }) => {
    const r = repository('net');
    const w = await open(r.dir);
    await w.repository();
    await w.box();
    await w.write(written);
    await w.shown('.scm-input .squiggly-error');
    await w.line(4);
    await w.shown(item, 'AI');
    proves('findings', 'glance');
    await w.shot('box-finding');
    await w.bulb();
    await w.shown('.quick-input-list .monaco-list-row', 'Replace this');
    await w.shot('box-fixes');
    await w.find('.quick-input-list .monaco-list-row', 'Replace this').click();
    await w.gone('.scm-input .squiggly-error');
    await w.shown(item, 'declared for code, tests');
    proves('fixes');
    await w.box();
    await w.shot('box-fixed');
    await w.press('Control+Enter');
    await until('the commit', () => r.message !== 'Start');
    assert.match(r.message, /^AI-used-for: code, tests$/m);
    assert.doesNotMatch(r.message, /Co-authored-by/);
    await w.gone(item, '14 lines'); // they are in that commit, not in the next
  }),

  flow('box hover and completion', async ({ repository, open, proves }) => {
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
    proves('hover');
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
    proves('completion');
  }),

  flow('no AI, fixes and the explanation', async ({ repository, open, proves }) => {
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
    proves('findings', 'fixes', 'glance');
    await w.find(item).click();
    await w.shown('.tab', 'Colophon.md');
    const page = w.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page.getByText('Example', { exact: false }).first().waitFor();
    await w.shot('explanation');
  }),

  flow('Git: Commit Staged', async ({ repository, open, proves }) => {
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
    proves('findings', 'glance', 'hints');
    await w.press('Control+KeyB'); // room for the findings
    await w.problems('does not take');
    await w.find(editor).click({ position: { x: 300, y: 100 } });
    await w.line(4);
    await w.shot('editmsg');
    await w.fix('Replace this', 'editmsg-fixes');
    await w.gone(`${editor} .squiggly-error`);
    proves('fixes');
    await w.save(path.join(r.dir, '.git/COMMIT_EDITMSG'), 'AI-used-for');
    await w.find('.editor-instance .floating-menu-overlay-widget, .editor-instance .monaco-button', 'Commit').click();
    await until('the commit', () => r.message !== 'Start');
    assert.match(r.message, /^AI-used-for: code, tests$/m);
  }),

  flow('git commit -a in the terminal', async ({ repository, open, proves }) => {
    const r = repository('net');
    r.write('net/queue.c', Array.from({ length: 5 }, (_, i) => `int other_${i};\n`).join('')); // not staged: -a takes it
    const w = await open(r.dir);
    await w.repository();
    await w.terminal('GIT_EDITOR="code-server --wait" git commit -a; echo "done $?" > done\n');
    await w.shown('.tab', 'COMMIT_EDITMSG');
    await w.find(editor).click();
    await w.press('Control+Home');
    await w.page.keyboard.insertText(written.trimEnd() + '\n');
    await w.shown(`${editor} .squiggly-error`);
    await w.shown(`${editor} .view-line`, /queue\.c.*5/);
    proves('findings', 'hints');
    await w.line(4);
    await w.shot('terminal');
    await w.fix('Replace this');
    await w.gone(`${editor} .squiggly-error`);
    proves('fixes');
    await w.save(path.join(r.dir, '.git/COMMIT_EDITMSG'), 'AI-used-for');
    await w.command('View: Close Editor');
    await until('git has ended', () => fs.existsSync(path.join(r.dir, 'done')));
    assert.equal(fs.readFileSync(path.join(r.dir, 'done'), 'utf8'), 'done 0\n');
    assert.match(r.message, /^AI-used-for: code, tests$/m);
    assert.match(r.git('show', '--numstat', '--format='), /^5\t\d+\tnet\/queue\.c$/m);
  }),

  flow('text of a pull request', async ({ repository, open }) => {
    const r = repository('net', 'version: 1\nproject: Example\npull_request:\n  section: AI Disclosure\n  need: must\n  none: No AI tools used\n');
    const file = path.join(os.tmpdir(), `${process.pid}${Date.now()}.md`); // as gh calls it
    fs.writeFileSync(file, '### Summary\n\nText.\n\n#### AI Disclosure\n');
    try {
      const w = await open(r.dir);
      await w.repository();
      await w.terminal(`code-server '${file}'\n`);
      await w.shown('.tab', path.basename(file));
      await w.find(editor).click();
      await w.shown(`${editor} .squiggly-error`);
      await w.line(4);
      await w.fix('Write “No AI tools used”', 'request');
      await w.gone(`${editor} .squiggly-error`);
      await w.save(file, 'No AI tools used');
    } finally {
      fs.rmSync(file);
    }
  }),

  flow('the policy file', async ({ repository, open, proves }) => {
    const r = repository('net', policy.replace('ring: inner', 'ring: iner'));
    const w = await open(r.dir);
    await w.openFile('.colophon.yaml');
    await w.shown(`${editor} .squiggly-error`);
    await w.problems('iner');
    proves('policy file');
    await w.shot('policy');
  }),

  flow('two repositories', async ({ repository, open, dir, proves }) => {
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
    proves('glance');
    await w.box(1);
    await w.press('Control+Enter');
    await until('the commit', () => two.message.startsWith('net: change 2'));
  }),

  flow('nudge on commit', async ({ repository, open, server, proves }) => {
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
      proves('findings');
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

  flow('a missing program', async ({ repository, open, server, colophon, proves }) => {
    const r = repository('net');
    const w = await open(r.dir);
    await w.repository();
    await w.shown('.notification-toast', 'not on your PATH');
    await w.shot('missing');
    await w.find('.notification-toast .monaco-button', 'How to Install').click();
    await w.shown('.gettingStartedContainer', 'Colophon needs the program');
    const step = w.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await step.getByText('in this order').waitFor();
    await w.shot('walkthrough');
    await w.find('.getting-started-step', 'Write a message').click();
    await until('the picture', () => step.locator('img').first().evaluate((img) => img.naturalWidth > 0));
    await w.shot('walkthrough-box');
    server.machine({ 'colophon.path': colophon });
    await w.box();
    await w.write(written);
    await w.shown('.scm-input .squiggly-error');
    proves('findings');
    server.machine({});
  }, 'bare'),

  flow('the program of the package', async ({ repository, open, server, proves }) => {
    const w = await open(repository('net').dir);
    await w.repository();
    await w.box();
    await w.write(written);
    await w.shown('.scm-input .squiggly-error');
    proves('findings');
    const [pid] = await server.run(1);
    assert.match(fs.readlinkSync(`/proc/${pid}/exe`), /\/extensions\/colophon\.colophon-[^/]*\/bin\/colophon$/);
  }, 'packaged'),

  flow("git's own validation", async ({ repository, open, server, proves }) => {
    const r = repository('net');
    server.settings({ 'git.inputValidation': true });
    try {
      const w = await open(r.dir);
      await w.repository();
      await w.box();
      await w.write(written.replace('the queue lock', 'the lock of the queue, which was never needed here'));
      await w.shown('.scm-input .squiggly-warning'); // the subject is too long: git's
      await w.shown('.scm-input .squiggly-error'); // the co-author: ours
      await w.bulb();
      await w.shown('.quick-input-list .monaco-list-row', 'Replace this');
      await w.shot('box-validation');
      await w.find('.quick-input-list .monaco-list-row', 'Replace this').click();
      await w.gone('.scm-input .squiggly-error');
      await w.shown('.scm-input .squiggly-warning');
      proves('findings', 'fixes');
    } finally {
      server.settings({ 'git.inputValidation': false });
    }
  }),

  // VS Code adds its line while it commits what an assistant wrote a part of: the box never had it.
  flow('git.addAICoAuthor', async ({ repository, open, proves }) => {
    const r = repository('net');
    const w = await open(r.dir);
    await w.repository();
    await w.openFile('queue.c');
    await w.find(editor).click();
    await w.press('Control+Home');
    await w.type('generated');
    await w.shown(`${editor} .ghost-text-decoration, ${editor} .ghost-text`, 'by an assistant');
    await w.press('Tab');
    await w.shown(`${editor} .view-line`, 'generated by an assistant;');
    await w.save(path.join(r.dir, 'net/queue.c'), 'generated by an assistant');
    r.git('add', '-A');
    const said = 'net: drop the queue lock\n\nText.\n\nAI-used-for: code, tests\nSigned-off-by: Jo Doe <jo@example.org>\n';
    await w.box();
    await w.write(said);
    await w.shown(item, 'declared for code, tests');
    await w.press('Control+Enter');
    await until('the commit', () => r.message !== 'Start');
    assert.equal(r.message, `${said.trim()}\n\nCo-authored-by: Copilot <copilot@github.com>`);
    await w.shown('.notification-toast', 'VS Code added “Co-authored-by: Copilot');
    await w.shot('coauthor-added');
    await w.find('.notification-toast .monaco-button', 'Undo Commit').click();
    await until('the commit is undone', () => r.message === 'Start');
    // It is a paragraph of its own, and so hides the trailers above from git.
    await w.box();
    await w.shown('.scm-input .squiggly-error');
    await w.bulb();
    await w.shown('.quick-input-list .monaco-list-row', 'Remove this `Co-authored-by`');
    await w.shot('coauthor-undone');
    await w.press('Escape');
    await w.box();
    await w.command('Colophon: Apply All Preferred Fixes');
    await w.gone('.scm-input .squiggly-error');
    await w.box();
    await w.press('Control+Enter');
    await until('the commit', () => r.message !== 'Start');
    assert.equal(r.message, said.trim());
    proves('findings', 'fixes');
  }, 'assisted'),

  flow('a folder that is not trusted', async ({ repository, open, server, colophon, dir, proves }) => {
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
    await w.openFile('.colophon.yaml');
    await w.shown('.notification-toast', 'not trusted');
    await w.shot('untrusted');
    // One that is the user's runs; it reads the folder, and runs nothing of it.
    server.machine({ 'colophon.path': colophon });
    await w.shown(`${editor} .squiggly-error`);
    proves('policy file');
    assert.ok(!fs.existsSync(proof), 'a program of the folder ran');
  }, 'wary'),
];
