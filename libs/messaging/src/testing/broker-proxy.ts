import { startTcpProxy, type ProxyMode, type TcpProxy } from '@harmony/testing';
import type { ISocketFactory } from 'kafkajs';
import { connect } from 'node:net';

/** A network between a Kafka client and the brokers that a test can break, whatever addresses the brokers advertise. */
export interface BrokerProxy {
  readonly socketFactory: ISocketFactory;
  set(mode: ProxyMode): void;
  close(): Promise<void>;
}

export async function proxyInFrontOf(brokers: readonly string[]): Promise<BrokerProxy> {
  const proxies = new Map<string, TcpProxy>();
  for (const broker of brokers) {
    const [host = '', port] = broker.split(':');
    proxies.set(broker, await startTcpProxy({ host, port: Number(port) }));
  }
  return {
    socketFactory: ({ host, port, onConnect }) => {
      const proxy = proxies.get(`${host}:${port}`);
      return connect(proxy ? { host: proxy.host, port: proxy.port } : { host, port }, onConnect);
    },
    set: (mode) => proxies.forEach((proxy) => proxy.set(mode)),
    close: async () => void (await Promise.all([...proxies.values()].map((proxy) => proxy.close()))),
  };
}
