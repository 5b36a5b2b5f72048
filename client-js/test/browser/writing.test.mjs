import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Desk, bubble, checkAccess, field, looks, open, say } from './desk.mjs';

const desk = new Desk();
const person = (...who) => desk.person(...who);

const textsOf = (name) => desk.room(name).messages.map(({ text }) => text);

describe('a call to everybody', () => {
  it('asks whether so many are meant, and is sent once', async () => {
    const alice = await person('alice');
    desk.server.options.guardAbove = 4;
    await open(alice, /town-square/);
    await alice.getByText('See you there').waitFor();

    await say(alice, '@all lunch is at the gate');
    const question = bubble(alice, '@all lunch').getByRole('group', { name: 'Notify 5 people?' });
    await question.getByRole('button', { name: 'Notify and send' }).click();

    await question.waitFor({ state: 'detached' });
    await bubble(alice, '@all lunch').locator('.delivery').waitFor({ state: 'detached' });
    assert.equal(textsOf('town-square').filter((text) => text === '@all lunch is at the gate').length, 1);
    assert.deepEqual(alice.problems, []);
  });

  it('gives the text back to who did not mean so many, also after a reload', async () => {
    const alice = await person('alice');
    desk.server.options.guardAbove = 4;
    await open(alice, /town-square/);
    await alice.getByText('See you there').waitFor();
    await say(alice, '@all lunch is at the gate');
    await bubble(alice, '@all lunch').getByText('Notify 5 people?').waitFor();

    await alice.reload();
    await bubble(alice, '@all lunch').getByRole('button', { name: 'Change the text' }).click();

    assert.equal(await field(alice).inputValue(), '@all lunch is at the gate');
    assert.equal(await field(alice).evaluate((area) => area === document.activeElement), true);
    await bubble(alice, '@all lunch').waitFor({ state: 'detached' });
    assert.equal(textsOf('town-square').includes('@all lunch is at the gate'), false);
  });
});

describe('what was begun and not sent', () => {
  it('stands on all devices, and goes when it is sent on one', async () => {
    const desktop = await person('alice');
    const phone = await person('alice', { viewport: { width: 390, height: 780 } });
    await open(desktop, /Bob Baumann/);
    await open(phone, /Bob Baumann/);

    await field(desktop).fill('shall we say');
    await phone.waitForFunction(() => document.querySelector('textarea').value === 'shall we say');
    await field(phone).press('End');
    await field(phone).pressSequentially(' at nine?');
    await desktop.waitForFunction(() => document.querySelector('textarea').value === 'shall we say at nine?');
    await field(desktop).press('Enter');

    await phone.waitForFunction(() => document.querySelector('textarea').value === '');
    await bubble(phone, 'shall we say at nine?').waitFor();
  });

  it('is brought together when two devices wrote without knowing of each other', async () => {
    const desktop = await person('alice');
    const phone = await person('alice', { viewport: { width: 390, height: 780 } });
    await open(desktop, /Bob Baumann/);
    await open(phone, /Bob Baumann/);
    await phone.context().setOffline(true);

    await field(phone).fill('written in a tunnel');
    await field(desktop).fill('written at the desk');
    await desktop.waitForTimeout(1_500);
    await phone.context().setOffline(false);

    for (const page of [phone, desktop]) {
      await page.waitForFunction(() => {
        const { value } = document.querySelector('textarea');
        return value.includes('written in a tunnel') && value.includes('written at the desk');
      });
    }
  });

  it('still answers the message that it answered', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    await bubble(alice, 'Do you have').hover();
    await bubble(alice, 'Do you have').getByRole('button', { name: 'Reply' }).click();
    await field(alice).fill('not now');

    await alice.reload();
    await alice.getByText('Reply to Bob Baumann').waitFor();
    await field(alice).press('Enter');

    await bubble(alice, 'not now').locator('.reply-to', { hasText: 'Do you have' }).waitFor();
  });
});

describe('what asks for an answer', () => {
  for (const look of looks) {
    it(`can be used by everybody at ${look.viewport.width} px, ${look.colorScheme}`, async () => {
      const alice = await person('alice', { ...look, reducedMotion: 'reduce', bypassCSP: true });
      desk.server.options.guardAbove = 4;
      await open(alice, /town-square/);
      await alice.getByText('See you there').waitFor();
      await say(alice, '@all lunch is at the gate');
      await bubble(alice, '@all lunch').getByText('Notify 5 people?').waitFor();
      await checkAccess(alice, 'question');
    });
  }
});
