import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Conversation } from '../../chat/conversation';
import type { Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Icon } from '../parts/icons';
import { toast } from '../state';

interface DropZoneProps {
  readonly room: Room;
  readonly conversation: Conversation;
  readonly children: ComponentChildren;
}

const carriesFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** A whole room, or a whole thread, takes files that are dropped on it, and says which one that is. */
export function DropZone({ room, conversation, children }: DropZoneProps): JSX.Element {
  const { files } = useWorkspace();
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const open = room.archivedAt === undefined;
  const onDrag = (step: number) => (event: DragEvent) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  return (
    <div
      class="drop-zone"
      onDragEnter={onDrag(1)}
      onDragLeave={onDrag(-1)}
      onDragOver={(event) => {
        if (carriesFiles(event)) event.preventDefault();
      }}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        if (open) files.uploads.add(conversation, filesOf(event.dataTransfer));
      }}
    >
      {children}
      {over && (
        <div class={`drop-veil${open ? '' : ' closed'}`} aria-hidden="true">
          <Icon name={open ? 'attach' : 'lock'} size={40} />
          {open ? (
            <p>
              Drop to {conversation.threadId === undefined ? 'send to ' : 'reply in a thread of '}
              <strong>{room.name}</strong>
            </p>
          ) : (
            <p>This room is archived</p>
          )}
        </div>
      )}
    </div>
  );
}

/** A file that misses the place it was meant for is not opened in the place of this page. */
export function useNoStrayDrops(): void {
  useEffect(() => {
    const refuse = (event: DragEvent): void => {
      if (event.defaultPrevented || !carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
    };
    window.addEventListener('dragover', refuse);
    window.addEventListener('drop', refuse);
    return () => {
      window.removeEventListener('dragover', refuse);
      window.removeEventListener('drop', refuse);
    };
  }, []);
}

/** The files of a drop or a paste. Folders are refused, and it is said. */
export function filesOf(data: DataTransfer | null): File[] {
  if (data === null) return [];
  const files: File[] = [];
  let folders = 0;
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    if (item.webkitGetAsEntry()?.isDirectory === true) folders++;
    else files.push(...[item.getAsFile()].filter((file) => file !== null));
  }
  if (folders > 0) toast('Folders cannot be sent. Choose the files in them, or pack them into one archive.', 'error');
  return files;
}
