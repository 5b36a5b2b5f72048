import type { ComponentChildren, JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Room } from '../../protocol/shapes';
import { useWorkspace } from '../context';
import { Icon } from '../parts/icons';
import { toast } from '../state';

/** The whole room takes files that are dropped on it, and says which room that is. */
export function DropZone({ room, children }: { room: Room; children: ComponentChildren }): JSX.Element {
  const { files } = useWorkspace();
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
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
        files.uploads.add(room.id, filesOf(event.dataTransfer));
      }}
    >
      {children}
      {over && (
        <div class="drop-veil" aria-hidden="true">
          <Icon name="attach" size={40} />
          <p>
            Drop to send to <strong>{room.name}</strong>
          </p>
        </div>
      )}
    </div>
  );
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
