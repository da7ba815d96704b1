"""Sends whole posts to a receiver behind a proxy, each sender in a manner of its own, and counts the answers."""

import socket
import sys
import threading
import time

POSTS = 100


def post(secret, body):
    return (f"POST /care/{secret} HTTP/1.1\r\nhost: hooks.example.com\r\ncontent-type: text/plain\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n").encode()


def answered(connection):
    connection.settimeout(15)
    answer = b""
    try:
        while chunk := connection.recv(4096):
            answer += chunk
    except OSError:
        pass
    return answer.startswith(b"HTTP/1.1 200")


def plain(connection, head, body):
    connection.sendall(head + body)
    return answered(connection)


def half_closed(connection, head, body):
    connection.sendall(head + body)
    connection.shutdown(socket.SHUT_WR)
    return answered(connection)


def closed(connection, head, body):
    connection.sendall(head + body)
    return None


def paused(connection, head, body):
    connection.sendall(head)
    time.sleep(0.2)
    connection.sendall(body)
    return None


def main():
    port, secret = int(sys.argv[1]), sys.argv[2]
    manner = {"plain": plain, "half-closed": half_closed, "closed": closed, "paused": paused}[sys.argv[3]]
    ends = []

    def send(n):
        body = f"{sys.argv[3]} {port} {n}".encode()
        with socket.create_connection(("127.0.0.1", port)) as connection:
            ends.append(manner(connection, post(secret, body), body))

    senders = [threading.Thread(target=send, args=(n,)) for n in range(POSTS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    print(sum(1 for end in ends if end))


if __name__ == "__main__":
    main()
