import java.util.*;
import io.netty.bootstrap.*;
import io.netty.buffer.*;
import io.netty.channel.*;
import io.netty.channel.nio.*;
import io.netty.channel.socket.*;
import io.netty.channel.socket.nio.*;
import io.netty.handler.codec.http.*;
import io.netty.util.CharsetUtil;
public class Nt extends Bench {
    public static void main(String[] a) throws Throwable { new Nt().go(a); }
    int port;
    EventLoopGroup b = new NioEventLoopGroup(1), w = new NioEventLoopGroup(2);
    public void setup() throws Exception {
        ServerBootstrap s = new ServerBootstrap();
        s.group(b, w)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new ChannelInitializer<SocketChannel>() {
                public void initChannel(SocketChannel c) {
                    c.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(65536),
                        new SimpleChannelInboundHandler<FullHttpRequest>() {
                            protected void channelRead0(ChannelHandlerContext x, FullHttpRequest q) {
                                StringBuilder o = new StringBuilder(q.uri());
                                List<String> k = new QueryStringDecoder(q.uri()).parameters().get("k");
                                Rnd r = new Rnd(Integer.parseInt(k.get(0)));
                                for (int i = 0; i < 20; i++) o.append(word(r));
                                o.append(q.content().readableBytes());
                                FullHttpResponse rs = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                                    HttpResponseStatus.OK, Unpooled.copiedBuffer(o, CharsetUtil.UTF_8));
                                rs.headers().set("content-length", rs.content().readableBytes());
                                x.writeAndFlush(rs);
                            }
                        });
                }
            });
        port =
            ((java.net.InetSocketAddress) s.bind("127.0.0.1", 0).sync().channel().localAddress()).getPort();
    }
    public String iterate(int it) throws Exception { return Http.drive(port, size, 4); }
}
