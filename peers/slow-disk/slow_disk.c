/* A slow disk: every fsync and fdatasync takes 5 ms more. cc -O2 -shared -fPIC -o slow_disk.so slow_disk.c -ldl */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static int slow(const char *name, int fd) {
    static const struct timespec wait = {0, 5000000};
    int (*sync)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    nanosleep(&wait, 0);
    return sync(fd);
}

int fsync(int fd) {
    return slow("fsync", fd);
}

int fdatasync(int fd) {
    return slow("fdatasync", fd);
}
