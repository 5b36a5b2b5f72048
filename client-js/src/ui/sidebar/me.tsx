import type { JSX } from 'preact';
import type { PresenceStatus } from '../../protocol/shapes';
import { useParley, useWorkspace } from '../context';
import { Avatar, PresenceDot, presenceWord } from '../parts/avatar';
import { IconButton } from '../parts/button';
import { Icon } from '../parts/icons';
import { Menu } from '../parts/menu';
import { attempt, openDialog } from '../state';
import { setTheme, theme } from '../theme';
import type { Theme } from '../theme';
import { apart } from '../../protocol/line';

const choices: readonly PresenceStatus[] = ['online', 'away', 'dnd'];
const themes: readonly { readonly value: Theme; readonly label: string; readonly icon: 'auto' | 'sun' | 'moon' }[] = [
  { value: 'system', label: 'Theme: as the system', icon: 'auto' },
  { value: 'light', label: 'Theme: light', icon: 'sun' },
  { value: 'dark', label: 'Theme: dark', icon: 'moon' },
];

/** Oneself: state, theme, signing out. */
export function Me(): JSX.Element {
  const { account } = useParley();
  const { chat, presences, administrator } = useWorkspace();
  const { status, statusText } = presences.of(chat.me.id);
  const current = themes.findIndex(({ value }) => value === theme.value);
  const next = themes[(current + 1) % themes.length] ?? themes[0];
  return (
    <footer class="me">
      <Menu
        label="Your status and more"
        faceNames
        place="above"
        face={
          <>
            <span class="room-sign">
              <Avatar person={chat.me} size="medium" />
              <PresenceDot status={status} />
            </span>
            <span class="me-words">
              <strong>{chat.me.displayName}</strong>
              <span class="hint">{apart(statusText ?? `@${chat.me.username}`)}</span>
              <span class="unseen">: your status and more</span>
            </span>
          </>
        }
        items={[
          ...choices.map((choice) => ({
            label: presenceWord(choice),
            icon: <PresenceDot status={choice} />,
            checked: choice === status,
            onPick: () => attempt(presences.change(chat.me.id, choice)),
          })),
          {
            label: 'Set a status',
            icon: <Icon name="smile" size={16} />,
            onPick: () => (openDialog.value = 'status'),
          },
          {
            label: 'Notifications',
            icon: <Icon name="bell" size={16} />,
            onPick: () => (openDialog.value = 'notices'),
          },
          {
            label: 'Try out calls',
            icon: <Icon name="video" size={16} />,
            onPick: () => (openDialog.value = 'try-calls'),
          },
          ...(administrator.value
            ? [
                {
                  label: 'Test the relays',
                  icon: <Icon name="retry" size={16} />,
                  onPick: () => (openDialog.value = 'try-relays'),
                } as const,
              ]
            : []),
          {
            label: 'Privacy',
            icon: <Icon name="person" size={16} />,
            onPick: () => (openDialog.value = 'privacy'),
          },
          {
            label: 'Your devices',
            icon: <Icon name="screen" size={16} />,
            onPick: () => (openDialog.value = 'devices'),
          },
          {
            label: 'Change your password',
            icon: <Icon name="lock" size={16} />,
            onPick: () => (openDialog.value = 'password'),
          },
          {
            label: 'Keyboard shortcuts',
            icon: <Icon name="keyboard" size={16} />,
            onPick: () => (openDialog.value = 'shortcuts'),
          },
          {
            label: 'Sign out',
            icon: <Icon name="sign-out" size={16} />,
            onPick: () => attempt(account.signOut()),
          },
        ]}
      />
      <IconButton
        icon={themes[current]?.icon ?? 'auto'}
        label={`${themes[current]?.label ?? ''}. Change`}
        onClick={() => setTheme(next?.value ?? 'system')}
      />
    </footer>
  );
}
