import { blocksOf, type ContentBlock, type MessagesRequest, textOf } from './read-request.ts';
import {
  asksForSummary,
  opensCompacted,
  RESUME_PROMPT,
  readSummary,
  stripWrapping,
  TASK_NOTICE,
} from './strip-wrapping.ts';

/** What a tool gave back, as the model received it. */
export type ToolResult = { toolUseId: string; text: string; isError: boolean };

/** A request of the CLI, read as a conversation between a person and the model. */
export type Conversation = {
  /** The whole system prompt. */
  system: string;
  /** Every text a person wrote, oldest first, without what the CLI wraps around it. */
  userTexts: string[];
  /** The text to answer now; empty if no person wrote any. */
  lastUserText: string;
  /** How many background tasks were reported as ended since that text. */
  notices: number;
  /** How many of the model's messages after that text (or the last such report) already used tools. */
  rounds: number;
  /** The results of those tools, oldest first. */
  toolResults: ToolResult[];
  /** Media types of the images and documents in the message that holds the last text. */
  attachments: string[];
  /** True if the CLI went on by itself after a restart in the middle of the turn. */
  resumed: boolean;
  /** True if the CLI asks for a summary in order to compact the conversation. */
  wantsSummary: boolean;
};

/** Reads a request as a conversation. Pure. */
export function readConversation(request: MessagesRequest): Conversation {
  const conversation: Conversation = {
    system: blocksOf(request.system).map(textOf).join('\n'),
    userTexts: [],
    lastUserText: '',
    notices: 0,
    rounds: 0,
    toolResults: [],
    attachments: [],
    resumed: false,
    wantsSummary: false,
  };
  for (const message of request.messages) {
    const blocks = blocksOf(message.content);
    if (message.role === 'user') readUserMessage(conversation, blocks);
    else if (message.role === 'assistant' && blocks.some((block) => block.type === 'tool_use'))
      conversation.rounds += 1;
  }
  return conversation;
}

/** A message may hold several texts: the CLI joins neighbours when a turn before it failed. The last one is answered. */
function readUserMessage(conversation: Conversation, blocks: ContentBlock[]): void {
  conversation.wantsSummary = false;
  const attachments = blocks.map(mediaTypeOf).filter((type) => type !== '');
  for (const block of blocks) {
    if (block.type === 'tool_result') conversation.toolResults.push(readToolResult(block));
    const text = textOf(block);
    if (text.includes(RESUME_PROMPT)) conversation.resumed = true;
    const bare = stripWrapping(text);
    if (bare === '' && text.includes(TASK_NOTICE)) noteTask(conversation);
    if (bare === '') continue;
    if (asksForSummary(bare)) conversation.wantsSummary = true;
    else if (opensCompacted(bare)) conversation.userTexts = readSummary(bare);
    else beginTurn(conversation, bare);
  }
  if (attachments.length > 0) conversation.attachments = attachments;
}

function beginTurn(conversation: Conversation, text: string): void {
  conversation.userTexts.push(text);
  conversation.lastUserText = text;
  conversation.notices = 0;
  conversation.rounds = 0;
  conversation.toolResults = [];
  conversation.attachments = [];
  conversation.resumed = false;
}

function noteTask(conversation: Conversation): void {
  conversation.notices += 1;
  conversation.rounds = 0;
  conversation.toolResults = [];
  conversation.resumed = false;
}

function readToolResult(block: ContentBlock): ToolResult {
  const content = block.content;
  const parts =
    typeof content === 'string' || Array.isArray(content) ? blocksOf(content as string | ContentBlock[]) : [];
  return {
    toolUseId: String(block.tool_use_id ?? ''),
    text: parts.map(textOf).join('\n'),
    isError: block.is_error === true,
  };
}

function mediaTypeOf(block: ContentBlock): string {
  if (block.type !== 'image' && block.type !== 'document') return '';
  const source = block.source as { media_type?: unknown } | undefined;
  return typeof source?.media_type === 'string' ? source.media_type : block.type;
}
