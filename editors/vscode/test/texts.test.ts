import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choices, wrap } from '../src/fixestext';
import { appended, summary } from '../src/nudgetext';
import { label, warns } from '../src/statustext';

const status = (text: string, state = 'open') => ({ uri: '', text, tooltip: '', state });

test('the status bar has the whole facts that fit', () => {
  assert.equal(label(status('AI use: say it')), '$(question) AI use: say it');
  assert.equal(label(status('AI: not declared | 12 lines, AI limit 9 | core: inner | QEMU (proposed 2026-09)')), '$(question) AI: not declared | 12 lines, AI limit 9 | core: inner');
  const long = 'a first fact that is longer than the bar has room for, and all the same it stays whole';
  assert.equal(label(status(`${long} | more`)), `$(question) ${long}`);
});

test('each state has its icon, and one that is new has one, too', () => {
  assert.equal(label(status('a', 'declared')), '$(check) a');
  assert.equal(label(status('a', 'undeclared')), '$(warning) a');
  assert.equal(label(status('a', 'of tomorrow')), '$(law) a');
  assert.ok(warns(status('a', 'undeclared')) && warns(status('a', 'declined')) && !warns(status('a', 'open')));
});

test("a policy's words are no icons", () => {
  assert.ok(!label(status('zone $(flame)')).includes('$(flame)'));
});

test('the nudge names what is open, each sentence once, and not without end', () => {
  assert.deepEqual(summary(['One.', 'One.']), { message: 'One thing is open in this commit message.', detail: '• One.', line: 'One.' });
  const many = summary(['1', '2', '3', '4', '5', '6', '7']);
  assert.equal(many.message, '7 things are open in this commit message.');
  assert.ok(many.detail.endsWith('• 5\n\n• and 2 more'));
});

test('what was added to the message while it was committed', () => {
  assert.equal(appended('a\n\nb\n', 'a\n\nb\n'), '');
  assert.equal(appended('a\n', 'a\n\nCo-authored-by: C <c@d>'), 'Co-authored-by: C <c@d>');
  assert.equal(appended('a\n', 'b\n'), undefined);
});

test('the worst finding first, each with its fixes and then its sentence in full', () => {
  const fix = (id: string) => ({ id, title: `Title ${id}` });
  assert.deepEqual(
    choices([
      { message: 'Small.', severity: 2, rule: 'small', data: { fixes: [] } },
      { message: `Bad ${'word '.repeat(20)}end.`, severity: 0, rule: 'bad', data: { fixes: [fix('a'), { id: 1 }] } },
    ]),
    [
      { label: 'bad', kind: -1 },
      { label: '$(lightbulb-autofix) Title a', fix: 'a' },
      { label: `$(error) Bad${' word'.repeat(14)}`, rule: 'bad' },
      { label: '$(blank) word word word word word word end.', rule: 'bad' },
      { label: 'small', kind: -1 },
      { label: '$(info) Small.', rule: 'small' },
    ],
  );
  for (const data of [undefined, null, 'x', { fixes: 'x' }]) {
    assert.ok(choices([{ message: 'M', severity: 1, rule: 'r', data }]).every((c) => c.fix === undefined));
  }
});

test('a word that is longer than a line is left whole', () => {
  const long = 'x'.repeat(100);
  assert.deepEqual(wrap(`a ${long} b`), ['a', long, 'b']);
  assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
});
