import type { ComponentChildren, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Block, Inline } from '../../chat/markdown';
import { parse } from '../../chat/markdown';
import { useWorkspace } from '../context';

/** A message's text as nodes. There is no way from here to markup. */
export function RichText({ text }: { text: string }): JSX.Element {
  const blocks = useMemo(() => parse(text), [text]);
  return <div class="rich">{blocks.map(block)}</div>;
}

function block(part: Block, index: number): JSX.Element {
  switch (part.type) {
    case 'paragraph':
      return <p key={index}>{inlines(part.children)}</p>;
    case 'quote':
      return <blockquote key={index}>{inlines(part.children)}</blockquote>;
    case 'code':
      return (
        <pre key={index} tabIndex={0}>
          <code>{part.text}</code>
        </pre>
      );
    case 'list': {
      const items = part.items.map((item, at) => <li key={at}>{inlines(item)}</li>);
      return part.ordered ? <ol key={index}>{items}</ol> : <ul key={index}>{items}</ul>;
    }
  }
}

function inlines(children: readonly Inline[]): ComponentChildren {
  return children.map((child, index) => <InlineNode key={index} node={child} />);
}

function InlineNode({ node }: { node: Inline }): JSX.Element {
  switch (node.type) {
    case 'text':
      return <>{node.text}</>;
    case 'break':
      return <br />;
    case 'code':
      return <code>{node.text}</code>;
    case 'strong':
      return <strong>{inlines(node.children)}</strong>;
    case 'emphasis':
      return <em>{inlines(node.children)}</em>;
    case 'strike':
      return <s>{inlines(node.children)}</s>;
    case 'mention':
      return <Mention username={node.username} />;
    case 'link':
      return (
        <>
          <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">
            {node.text}
          </a>
          {node.host !== undefined && <span class="link-host"> ({node.host})</span>}
        </>
      );
  }
}

/** A mention stands out only when it means somebody we know. */
function Mention({ username }: { username: string }): JSX.Element {
  const { chat } = useWorkspace();
  const name = username.toLowerCase();
  if (name === 'all' || name === 'here') return <span class="mention of-me">@{username}</span>;
  const known = [...chat.people.known.value.values()].find((user) => user.username.toLowerCase() === name);
  if (known === undefined) return <>@{username}</>;
  return (
    <span class={`mention${known.id === chat.me.id ? ' of-me' : ''}`} title={known.displayName}>
      @{username}
    </span>
  );
}
