// 字段的中文名称与说明；章节号取自模块。

import type { FieldKind } from '../engine';

export const zhFields: Record<FieldKind, { name: string; sentence: string }> = {
  frame: { name: '帧', sentence: '2 到 14 字节的头部，以及它所声明的载荷。' },
  fin: { name: 'FIN', sentence: '1：消息到此帧结束；0：后面还有分片。' },
  rsv1: { name: 'RSV1', sentence: '保留给扩展；使用 permessage-deflate 时，1 表示消息经过压缩。' },
  rsv2: { name: 'RSV2', sentence: '保留给扩展；未协商扩展时为 0。' },
  rsv3: { name: 'RSV3', sentence: '保留给扩展；未协商扩展时为 0。' },
  opcode: { name: '操作码', sentence: '帧的类型：0 延续，1 文本，2 二进制，8 关闭，9 Ping，10 Pong。' },
  mask: { name: '掩码', sentence: '1：载荷经过掩码，后面跟着掩码密钥。客户端的帧必须为 1，服务器的帧必须为 0。' },
  'payload-length': { name: '载荷长度', sentence: '0 到 125：载荷的字节数；126：见随后的 16 位；127：见随后的 64 位。' },
  'extended-payload-length': { name: '扩展载荷长度', sentence: '载荷的字节数，高位字节在前。' },
  'masking-key': { name: '掩码密钥', sentence: '四个随机字节，每帧一换；载荷的第 i 个字节与密钥的第 i mod 4 个字节异或。' },
  'payload-data': { name: '载荷数据', sentence: '扩展数据（若协商了扩展）以及应用数据。' },
  'close-status-code': { name: '状态码', sentence: '关闭连接的原因，占两个字节。' },
  'close-reason': { name: '原因', sentence: '用 UTF-8 文本写出的原因；供程序和日志使用，未必给人看。' },
  'request-line': { name: '请求行', sentence: '请求的内容。' },
  'status-line': { name: '状态行', sentence: '服务器的答复。' },
  method: { name: '方法', sentence: 'GET：握手是一个请求切换协议的资源请求。' },
  'request-target': { name: '请求目标', sentence: 'WebSocket 地址中的路径与查询部分。' },
  'http-version': { name: 'HTTP 版本', sentence: 'HTTP/1.1：切换协议自此版本才有。' },
  'status-code': { name: '状态码', sentence: '101 表示切换到 WebSocket；其他都是普通的 HTTP 答复。' },
  'reason-phrase': { name: '原因短语', sentence: '给人看的文字，程序会忽略它。' },
  'field-line': { name: '字段行', sentence: '一个字段：名称、冒号、值。' },
  'field-name': { name: '字段名', sentence: '不区分大小写。' },
  colon: { name: '冒号', sentence: '紧跟在名称之后，中间没有空白。' },
  'field-value': { name: '字段值', sentence: '不包括两端的空白。' },
  whitespace: { name: '空白', sentence: '不属于任何内容的空格与制表符。' },
  'line-end': { name: '行尾', sentence: 'CR LF。' },
  'end-of-head': { name: '空行', sentence: '头部到此结束；101 之后便是帧。' },
};
