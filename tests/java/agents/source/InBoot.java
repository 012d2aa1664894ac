public class InBoot {}
