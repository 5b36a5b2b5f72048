import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The floors of the client, lowest first; a folder may import itself and what is listed for it, nothing else of ours. */
const floors = {
  protocol: [],
  net: ['protocol'],
  account: ['protocol', 'net'],
  chat: ['protocol', 'net'],
  presence: ['protocol', 'net'],
  upload: ['protocol', 'net'],
  kept: [],
  notify: ['protocol', 'kept'],
  keys: ['protocol', 'kept'],
  call: ['protocol', 'net', 'kept'],
  ui: ['protocol', 'account', 'chat', 'presence', 'upload', 'notify', 'keys', 'kept', 'call'],
};

const folders = Object.keys(floors);

function floorRules(folder) {
  const forbidden = folders.filter((other) => other !== folder && !floors[folder].includes(other));
  const patterns = [
    {
      // A test may borrow another folder's test kit.
      regex: `^(\\.\\./)+(${forbidden.join('|')})(/(?!test-kit$)|$)`,
      message: `${folder}/ may import only ${['itself', ...floors[folder]].join(', ')}.`,
    },
    { regex: '(^|/)main(\\.js)?$', message: 'Nothing imports the entry.' },
  ];
  if (folder !== 'ui') {
    patterns.push({ regex: '^(preact|@preact/signals)(/.*)?$', message: 'Only ui/ knows the view library.' });
  }
  patterns.push({ regex: '^socket\\.io-client', message: 'Only net/connection.ts speaks to the socket library.' });
  return patterns;
}

/** The peer connection has one home. */
const noPeerConnection = ['RTCPeerConnection', 'RTCSessionDescription', 'RTCIceCandidate'].map((name) => ({
  name,
  message: 'Only call/ touches WebRTC.',
}));

/** Markup from strings, inline styles from markup: the two ways a page loses its Content-Security-Policy. */
const noMarkupFromStrings = [
  { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Build nodes, never markup.' },
  { selector: 'JSXAttribute[name.name="style"]', message: 'Use a class; a style attribute breaks the strict CSP.' },
  {
    selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]',
    message: 'Build nodes, never markup.',
  },
  { selector: 'CallExpression[callee.property.name="insertAdjacentHTML"]', message: 'Build nodes, never markup.' },
];

const noJsx = { selector: ':matches(JSXElement, JSXFragment)', message: 'Features are headless: JSX lives in ui/.' };

export default tseslint.config(
  { ignores: ['dist', 'target', 'node_modules'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'off',
      '@typescript-eslint/no-implied-eval': 'error',
    },
  },
  ...folders.map((folder) => ({
    files: [`src/${folder}/**/*.ts`, `src/${folder}/**/*.tsx`],
    rules: {
      'no-restricted-imports': ['error', { patterns: floorRules(folder) }],
      'no-restricted-globals': ['error', ...(folder === 'call' ? [] : noPeerConnection)],
      'no-restricted-syntax': ['error', ...noMarkupFromStrings, ...(folder === 'ui' ? [] : [noJsx])],
    },
  })),
  {
    files: ['src/net/connection.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: floorRules('net').filter((pattern) => !pattern.regex.includes('socket')) },
      ],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['test/**/*.mjs', '*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'Buffer',
          'ClipboardEvent',
          'DOMException',
          'DataTransfer',
          'DragEvent',
          'File',
          'MutationObserver',
          'NodeFilter',
          'SVGElement',
          'getComputedStyle',
          'localStorage',
          'navigator',
          'URL',
          'console',
          'document',
          'fetch',
          'process',
          'requestAnimationFrame',
          'setTimeout',
          'clearTimeout',
          'window',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
