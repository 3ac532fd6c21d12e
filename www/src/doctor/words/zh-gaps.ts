// 文件没有说的，以及文件的形式；都不带句号，接在别的文字后面。

import type { FileForm, GapName } from '../engine';

export const zhGaps: Record<GapName, string> = {
  CLIENT_NOT_RECORDED: '这里没有客户端发送的任何内容',
  SERVER_NOT_RECORDED: '这里没有服务器发送的任何内容',
  TAKEN_AS_CLIENT: '视为客户端所发，因为第一帧有掩码',
  TAKEN_AS_SERVER: '视为服务器所发，因为第一帧没有掩码',
  LINE_ENDS_LOST: '头部各行的行尾在复制时丢失：一律视为 CR LF',
  EMPTY_LINE_LOST: '结束头部的空行在复制时丢失：视为存在',
  HEADS_REBUILT: '头部由字段列表拼成：无法判断各行原来是怎样写的',
  FRAMES_NOT_RECORDED: '这里只有消息，没有承载它们的帧：无法判断帧',
  END_NOT_RECORDED: '不知道 TCP 连接是怎样结束的',
  RECORDING_STOPPED: '连接还没结束，录制就停止了',
};

export const zhForms: Record<FileForm, string> = {
  recording: 'ws101 tap 的录制',
  page: '本页的会话',
  har: 'HAR 文件',
  curl: 'curl 的输出',
  tshark: 'tshark 跟踪的流',
  text: '文本形式的头部',
  raw: '原始字节',
  digits: '写成数字的字节',
  log: '日志',
};
